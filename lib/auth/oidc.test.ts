import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '#lib/db/pool'
import { env } from '#lib/platform/env'
import { forget } from '#lib/platform/singleton'
import { testDatabase } from '#tests/database'
import { startOidcProvider } from '#tests/oidc-provider'
import { beginOidc } from './begin-oidc.ts'
import { readCookies } from './cookies.ts'
import { createMember } from './members/create-member.ts'
import { handleNextAuth } from './next-auth-handler.ts'
import { isRecentSignIn } from './recent-sign-in.ts'
import { memberOfCookies } from './session.ts'
import { signInByPassword } from './sign-in-by-password.ts'

await testDatabase()
const provider = await startOidcProvider()
const PASSWORD = 'seven tidy herons wade'
let count = 0

/** A browser: it keeps the cookies that it is given. */
class Browser {
  jar = new Map<string, string>()

  get headers() {
    return { cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.jar.delete(name)
      else this.jar.set(name, value)
    }
    return response
  }

  /** From our button to where our callback leads; `alter` may change the provider's answer on its way. */
  async signIn(fields: Record<string, string> = {}, alter = (url: URL) => url): Promise<string> {
    const url = `${env().PUBLIC_URL}/sign-in/oidc/begin`
    const begun = this.keep(
      await beginOidc(
        new Request(url, { method: 'POST', headers: this.headers }),
        new URLSearchParams(fields),
      ),
    )
    const there = /url=([^"]+)"/.exec(await begun.text())?.[1]?.replaceAll('&amp;', '&') ?? ''
    const back = await fetch(there, { redirect: 'manual' })
    const callback = alter(new URL(back.headers.get('location') ?? ''))
    const answer = this.keep(await handleNextAuth(new Request(callback, { headers: this.headers })))
    return (answer.headers.get('location') ?? '').replace(env().PUBLIC_URL, '')
  }

  async signInByPassword(email: string): Promise<string> {
    const request = new Request(`${env().PUBLIC_URL}/sign-in/submit`, {
      method: 'POST',
      headers: this.headers,
    })
    const form = new URLSearchParams({ email, password: PASSWORD, next: '/acme' })
    return this.keep(await signInByPassword(request, form)).headers.get('location') ?? ''
  }

  member() {
    return memberOfCookies(readCookies(this.headers.cookie), Date.now())
  }
}

async function aMember(role = 'reviewer', withPassword = true): Promise<string> {
  const email = `Person${++count}@example.com`
  await createMember({ teamSlug: 'acme', email, role, password: PASSWORD })
  if (!withPassword) await pool().query('UPDATE member SET password_hash = NULL WHERE email = $1', [email])
  return email
}

beforeAll(async () => {
  process.env.MUSTER_SECRET = 'a secret of the tests, long enough to be one'
  Object.assign(process.env, provider.env)
  forget('env')
  await pool().query(
    `INSERT INTO team (id, slug, name, updated_at) VALUES (gen_random_uuid(), 'acme', 'Acme', now())`,
  )
  // The first owner keeps every other member changeable.
  await aMember('owner')
})
afterAll(() => provider.stop())
beforeEach(() => {
  provider.state.tamper = {}
  provider.state.requests = []
})

describe('signing in through an OpenID provider', () => {
  it('lets a member without a password in, whatever the case of the address, and leads where they wanted', async () => {
    const email = await aMember('admin', false)
    const browser = new Browser()
    provider.signIn(email.toUpperCase())
    expect(await browser.signIn({ next: '/acme/users?q=a' })).toBe('/acme/users?q=a')
    expect(await browser.member()).toMatchObject({ method: 'oidc' })
  })

  it.each([
    ['of another nonce', { nonce: 'another' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another client', { aud: 'another' }],
    ['that has expired', { exp: 1 }],
  ])('refuses an ID token %s', async (_, claims) => {
    const browser = new Browser()
    provider.signIn(await aMember('admin', false))
    provider.state.tamper = claims
    expect(await browser.signIn()).toContain('/sign-in?error=')
    expect(await browser.member()).toBeUndefined()
  })

  it.each([
    ['another state', 'state', 'another'],
    ['another issuer (RFC 9207)', 'iss', 'https://evil.example'],
  ])('refuses an answer with %s', async (_, name, value) => {
    const browser = new Browser()
    provider.signIn(await aMember('admin', false))
    const altered = (url: URL) => {
      url.searchParams.set(name, value)
      return url
    }
    expect(await browser.signIn({}, altered)).toContain('/sign-in?error=')
    expect(await browser.member()).toBeUndefined()
  })

  it('refuses an answer that another browser began', async () => {
    const [mine, theirs] = [new Browser(), new Browser()]
    provider.signIn(await aMember('admin', false))
    let stolen = ''
    await mine.signIn({}, (url) => {
      stolen = url.href
      return url
    })
    const answer = await handleNextAuth(new Request(stolen, { headers: theirs.headers }))
    expect(answer.headers.get('location')).toContain('/sign-in?error=')
  })

  it('refuses an address that the provider has not verified, and one that nobody here knows', async () => {
    const email = await aMember('admin', false)
    provider.signIn(email, { email_verified: false })
    expect(await new Browser().signIn()).toBe('/sign-in?error=email_unverified')
    provider.signIn('stranger@example.com')
    expect(await new Browser().signIn()).toBe('/sign-in?error=unknown_person')
  })

  it('connects to an account with a password only when that password vouches for it', async () => {
    const email = await aMember()
    const browser = new Browser()
    provider.signIn(email)
    expect(await browser.signIn()).toBe('/sign-in?error=confirm_link')
    expect(await browser.member()).toBeUndefined()
    expect(await browser.signInByPassword(email)).toBe('/acme')
    expect(await new Browser().signIn()).toBe('/')
  })

  it('lets somebody who was invited in, to accept', async () => {
    await pool().query(
      `INSERT INTO invitation (team_id, id, email, role, token_hash, invited_by, expires_at)
       SELECT id, gen_random_uuid(), 'Guest@Example.com', 'reviewer', 'hash', 'owner', now() + interval '1 day' FROM team`,
    )
    provider.signIn('guest@example.com')
    const browser = new Browser()
    expect(await browser.signIn()).toBe('/')
    await pool().query('UPDATE invitation SET revoked_at = now()')
    expect(await browser.member()).toBeUndefined()
  })
})

describe('a session that the provider vouched for', () => {
  it('ends as soon as nothing lets the person in any more', async () => {
    const email = await aMember('admin', false)
    provider.signIn(email)
    const browser = new Browser()
    await browser.signIn()
    expect(await browser.member()).toBeDefined()
    await pool().query('DELETE FROM team_member WHERE member_id = (SELECT id FROM member WHERE email = $1)', [
      email,
    ])
    expect(await browser.member()).toBeUndefined()
  })
})

describe('a sign-in of this moment', () => {
  const recent = async (browser: Browser) => {
    const member = await browser.member()
    return member && isRecentSignIn(member, Date.now())
  }
  const hourAgo = () => Math.floor(Date.now() / 1000) - 3600

  it('is what auth_time says, not when the browser came back', async () => {
    const browser = new Browser()
    provider.signIn(await aMember('admin', false), { auth_time: hourAgo() })
    await browser.signIn()
    expect(await recent(browser)).toBe(false)
  })

  it('is asked of the provider by prompt and max_age', async () => {
    const browser = new Browser()
    const email = await aMember('admin', false)
    provider.signIn(email, { auth_time: hourAgo() })
    await browser.signIn()
    provider.signIn(email, { auth_time: undefined })
    await browser.signIn({ again: '1' })
    const asked = provider.state.requests.at(-1)?.searchParams
    expect(asked?.get('prompt')).toBe('login')
    expect(asked?.get('max_age')).toBe('0')
    expect(await recent(browser)).toBe(true)
  })

  it('is not taken from a provider that lets an old session through all the same', async () => {
    const browser = new Browser()
    provider.signIn(await aMember('admin', false), { auth_time: hourAgo() })
    expect(await browser.signIn({ again: '1' })).toBe('/sign-in?error=stale&again=1')
  })

  it('is not assumed when the provider does not tell, unless it was asked to have them sign in again', async () => {
    const browser = new Browser()
    provider.signIn(await aMember('admin', false), { auth_time: null })
    await browser.signIn()
    expect(await recent(browser)).toBe(false)
    await browser.signIn({ again: '1' })
    expect(await recent(browser)).toBe(true)
  })
})
