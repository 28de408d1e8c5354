import { request as send } from 'node:http'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import type pg from 'pg'
import { databaseOf } from './support/database.ts'
import { autoForm, type OtherSite, otherSite } from './support/other-site.ts'
import { Fields, leadsTo, Person, serverActions } from './support/person.ts'
import { type RunningMuster, startMuster } from './support/server.ts'
import { PASSWORD } from './support/two-teams.ts'

/** What a browser is made to do by others, and what it is told not to. docs/security.md names the threats. */

const EMAIL = 'ada@acme.example'

let muster: RunningMuster
let database: pg.Client
let evil: OtherSite
let client: { clientId: string; callback: string }
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  muster = await startMuster()
  database = await databaseOf(muster)
  evil = await otherSite()
  await owner(muster)
  const callback = `${evil.url}/callback`
  const made = await muster.command([
    'client',
    'create',
    '--name',
    'Okta',
    '--redirect-uri',
    callback,
    '--json',
  ])
  client = { clientId: JSON.parse(made.stdout).clientId, callback }
})
test.afterAll(async () => {
  evil?.close()
  await database?.end()
  await muster?.stop()
})

/** Acme, and Ada who owns it. */
async function owner(of: RunningMuster): Promise<void> {
  await of.command(['team', 'create', '--name', 'Acme'])
  const member = [
    'member',
    'create',
    '--team',
    'acme',
    '--email',
    EMAIL,
    '--role',
    'owner',
    '--password-stdin',
  ]
  expect((await of.command(member, PASSWORD)).stderr).toBe('')
}

async function signIn(page: Page, next = '/acme'): Promise<void> {
  await page.goto(`${muster.url}/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByLabel('Email').fill(EMAIL)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(muster.url + next)
}

const authorizeUrl = () =>
  `${muster.url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: client.clientId, redirect_uri: client.callback, state: 's' })}`

/** A policy's directives by name. */
function policy(header: string | undefined): Record<string, string> {
  return Object.fromEntries(
    (header ?? '').split(';').map((each) => {
      const [name = '', ...values] = each.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )
}

test.describe('the content security policy', () => {
  test('every page runs scripts by its nonce alone, and only the approve page’s form may lead elsewhere', async ({
    page,
  }) => {
    const violations: string[] = []
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) violations.push(message.text())
    })
    await signIn(page)
    const nonces = new Set<string>()
    for (const path of [
      '/acme',
      '/acme/users',
      '/acme/connections/new',
      '/acme/settings/members',
      '/account',
      '/setup',
      '/no-such-team',
      authorizeUrl().slice(muster.url.length),
    ]) {
      const response = await page.goto(muster.url + path)
      const directives = policy(response?.headers()['content-security-policy'])
      const nonce = /'nonce-([^']{20,})'/.exec(directives['script-src'] ?? '')?.[1] ?? ''
      expect(directives['script-src'], path).toBe(`'self' 'nonce-${nonce}' 'strict-dynamic'`)
      expect(directives, path).toMatchObject({
        'default-src': "'self'",
        'object-src': "'none'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
        'form-action': page.url().includes('/oauth/approve/') ? `'self' ${evil.url}` : "'self'",
      })
      const html = (await response?.text()) ?? ''
      for (const [tag] of html.matchAll(/<script[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`)
      expect(html, path).not.toMatch(/<[a-z]+[^>]*\son[a-z]+\s*=/i)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(8)
    expect(page.url()).toContain('/oauth/approve/')
    expect(violations).toEqual([])
  })

  test('an address beside those that programs call is answered by a page with its policy', async () => {
    for (const path of [
      '/scim/v3',
      '/scim/v2x',
      '/oauth/tokens',
      '/.well-known/other',
      '/_next/image?url=%2Ffavicon.ico&w=64&q=75',
    ]) {
      const { status, headers } = await fetch(muster.url + path)
      expect(status, path).toBe(404)
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    }
  })

  test('a script that was slipped into a page does not run', async ({ page }) => {
    await signIn(page)
    const refused = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = []
          document.addEventListener('securitypolicyviolation', (event) => {
            seen.push(event.effectiveDirective)
            if (seen.length === 2) resolve(seen)
          })
          const frame = '<iframe srcdoc="<script>parent.slipped = 3</script>"></iframe>'
          document.body.insertAdjacentHTML(
            'beforeend',
            `${frame}<img src="data:," onerror="window.slipped = 1"><a id="slip" href="javascript:window.slipped=2">x</a>`,
          )
          document.getElementById('slip')?.click()
        }),
    )
    // Which is refused first is the browser's affair.
    expect(refused.sort()).toEqual(['script-src-attr', 'script-src-elem'])
    expect(await page.evaluate(() => (window as { slipped?: number }).slipped)).toBeUndefined()
  })

  test('what the browser brings cannot write into the policy', async () => {
    const person = new Person(muster.url)
    person.cookies.set('muster.return', encodeURIComponent("https://x.example; script-src * 'unsafe-inline'"))
    const response = await person.send('/oauth/approve/0199aaaa-0000-7000-8000-000000000000')
    const header = response.headers.get('content-security-policy') ?? ''
    expect(header).not.toContain('unsafe-inline;')
    expect(header.match(/script-src /g)).toHaveLength(1)
    expect(policy(header)['form-action']).not.toContain(';')
  })
})

test('no other site shows Muster in a frame', async ({ page }) => {
  await signIn(page)
  await page.goto(authorizeUrl())
  const approve = page.url()
  const { headers } = await page.request.get(approve).then((response) => ({ headers: response.headers() }))
  expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin' })
  const addresses = [approve, `${muster.url}/acme`, `${muster.url}/sign-in`, authorizeUrl()]
  evil.show(addresses.map((address) => `<iframe src="${address}"></iframe>`).join(''))
  await page.goto(evil.url)
  await expect(page.locator('iframe')).toHaveCount(addresses.length)
  await page.waitForLoadState('load')
  const frames = page.frames().filter((frame) => frame !== page.mainFrame())
  expect(frames).toHaveLength(addresses.length)
  for (const frame of frames) {
    await frame.waitForLoadState('load')
    expect(frame.url()).toMatch(/^chrome-error:/)
    expect(await frame.locator('form, main').count()).toBe(0)
  }
})

test.describe('a form that another site sends', () => {
  const count = async (table: string) =>
    (await database.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n as number

  /** Where the browser ends up, and what it shows, after the other site's page has sent its form. */
  async function forge(context: BrowserContext, html: string) {
    const page = await context.newPage()
    evil.show(html)
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.goto(evil.url)
    const response = await answered
    await page.waitForLoadState('load')
    const status = response.status()
    const text = await page.locator('body').textContent()
    await page.close()
    evil.show('')
    return { status, text }
  }

  test('signs nobody in', async ({ page, context }) => {
    const before = await count('sign_in_session')
    const { status, text } = await forge(
      context,
      autoForm(`${muster.url}/sign-in/submit`, { email: EMAIL, password: PASSWORD, next: '/' }),
    )
    expect(status).toBe(403)
    expect(text).toContain(`Open Muster at that address`)
    expect(await count('sign_in_session')).toBe(before)
    await page.goto(`${muster.url}/acme`)
    await expect(page).toHaveURL(/\/sign-in/)
  })

  test('approves nothing, though its person is signed in and has the request open', async ({
    page,
    context,
  }) => {
    await signIn(page)
    await page.goto(authorizeUrl())
    const decision = `${page.url()}/decision`
    const teamId = (await database.query(`SELECT id FROM team WHERE slug = 'acme'`)).rows[0].id
    for (const value of ['approve', 'deny']) {
      const { status } = await forge(
        context,
        autoForm(decision, { decision: value, teamId, serviceUserName: 'forged', proof: 'x' }),
      )
      expect(status).toBe(403)
    }
    expect(await count('service_user')).toBe(0)
    // The request is as open as before.
    await page.getByRole('button', { name: 'Deny' }).click()
    await expect(page).toHaveURL(/error=access_denied/)
  })

  test('does nothing by a server action, as a form or as a call', async ({ page, context }) => {
    await signIn(page)
    const actions = serverActions()
    const before = [await count('team'), await count('sign_in_session')]
    const addTeam = actions.get('app/(auth)/teams/new/actions.ts#addTeam')?.id as string
    const { status } = await forge(
      context,
      autoForm(
        `${muster.url}/teams/new`,
        { [`$ACTION_ID_${addTeam}`]: '', name: 'Forged' },
        'multipart/form-data',
      ),
    )
    expect(status).toBeGreaterThanOrEqual(400)
    const person = new Person(muster.url)
    for (const { name, value } of await context.cookies(muster.url)) person.cookies.set(name, value)
    for (const origin of [evil.url, 'null', 'https://evil.example']) {
      const forged = await person.send('/teams/new', {
        method: 'POST',
        headers: { 'next-action': addTeam, origin, 'content-type': 'text/plain' },
        body: JSON.stringify([{}, {}]),
      })
      expect([origin, forged.status >= 400]).toEqual([origin, true])
    }
    expect([await count('team'), await count('sign_in_session')]).toEqual(before)
    // The same call from our own page works: it is the origin that was refused.
    const own = await person.act('/teams/new', addTeam, [{}, new Fields({ name: 'Not forged' })])
    expect(leadsTo(own)).toBe('/not-forged')
  })

  test('signs nobody out', async ({ page, context }) => {
    await signIn(page)
    await forge(context, autoForm(`${muster.url}/api/auth/signout`, { csrfToken: 'x' }))
    await page.goto(`${muster.url}/acme`)
    await expect(page).toHaveURL(`${muster.url}/acme`)
  })
})

test.describe('where signing in leads', () => {
  const TRICKS = [
    'https://evil.example',
    'http:evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/acme/..//evil.example',
    '@evil.example',
    'javascript:alert(1)',
    '/sign-in?next=//evil.example',
    '/api/auth/signin?callbackUrl=https://evil.example',
    '/%09/evil.example',
    'data:text/html,x',
  ]
  test('is never another site, whatever next says', async ({ page }) => {
    for (const next of TRICKS) {
      const person = new Person(muster.url)
      const location = leadsTo(
        await person.submit('/sign-in/submit', { email: EMAIL, password: PASSWORD, next }),
      )
      expect([next, new URL(location ?? '', muster.url).origin]).toEqual([next, muster.url])
      expect(location, next).toMatch(/^\/(?![/\\])/)
      const failed = leadsTo(
        await person.submit('/sign-in/submit', { email: 'nobody@x.example', password: 'x', next }),
      )
      expect(failed, next).toMatch(/^\/sign-in\?/)
    }
    await page.goto(`${muster.url}/sign-in?next=${encodeURIComponent('//evil.example')}`)
    await expect(page.locator('input[name=next]')).toHaveValue('/')
    await page.goto(`${muster.url}/api/auth/signin?callbackUrl=https://evil.example`)
    expect(new URL(page.url()).origin).toBe(muster.url)
  })
})

test.describe('the session’s cookie', () => {
  test('is out of reach of scripts and of other sites, and is a new one at each sign-in', async ({
    page,
  }) => {
    await signIn(page)
    expect(await page.evaluate(() => document.cookie)).not.toMatch(/session|device/)
    for (const cookie of await page.context().cookies(muster.url))
      expect(cookie).toMatchObject({
        httpOnly: true,
        sameSite: 'Lax',
        path: cookie.path,
        domain: 'localhost',
      })
    const person = new Person(muster.url)
    person.cookies.set('muster.session', 'planted')
    await person.signIn(EMAIL, PASSWORD)
    const first = person.cookies.get('muster.session')
    expect(first).not.toBe('planted')
    await person.signIn(EMAIL, PASSWORD)
    expect(person.cookies.get('muster.session')).not.toBe(first)
    // The one before has ended, not only been replaced.
    const old = new Person(muster.url)
    old.cookies.set('muster.session', first as string)
    expect(leadsTo(await old.send('/acme'))).toMatch(/^\/sign-in/)
  })
})

/** A request whose Host and other headers are as given, which fetch would not send. */
function raw(port: string, path: string, headers: Record<string, string>, method = 'GET', body = '') {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const request = send({ port, host: '127.0.0.1', path, method, headers }, (response) => {
        response
          .setEncoding('utf8')
          .toArray()
          .then(
            (parts) =>
              resolve({ status: response.statusCode ?? 0, headers: response.headers, text: parts.join('') }),
            reject,
          )
      })
      request.on('error', reject).end(body)
    },
  )
}

const HOSTS: Record<string, string>[] = [
  { host: 'evil.example' },
  { host: 'localhost', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  { host: 'localhost', forwarded: 'host=evil.example;proto=https' },
  { host: 'localhost', 'x-host': 'evil.example', 'x-original-host': 'evil.example' },
  { host: 'localhost', 'x-original-url': '/acme', 'x-rewrite-url': '/acme' },
]

async function hostTricks(port: string, publicUrl: string): Promise<void> {
  for (const trick of HOSTS) {
    for (const path of [
      '/',
      '/sign-in',
      '/acme',
      '/setup',
      '/api/auth/csrf',
      '/api/auth/signin',
      authorizeUrl().slice(muster.url.length),
      '/oauth/authorize',
      '/scim/v2/Users',
      '/no-such-page',
    ]) {
      const answer = await raw(port, path, trick)
      expect(
        `${answer.text}${JSON.stringify(answer.headers)}`,
        `${path} ${JSON.stringify(trick)}`,
      ).not.toContain('evil.example')
      expect(answer.status, path).toBeLessThan(500)
    }
    const metadata = await raw(port, '/.well-known/oauth-authorization-server', trick)
    expect(JSON.parse(metadata.text).issuer).toBe(publicUrl)
    const signedIn = await raw(
      port,
      '/sign-in/submit',
      { ...trick, 'content-type': 'application/x-www-form-urlencoded' },
      'POST',
      new URLSearchParams({ email: EMAIL, password: PASSWORD, next: '/acme' }).toString(),
    )
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/acme'])
    expect(JSON.stringify(signedIn.headers['set-cookie'])).not.toMatch(/domain|evil/i)
  }
}

test('whatever Host a request names, addresses are those of PUBLIC_URL', async () => {
  await hostTricks(new URL(muster.url).port, muster.url)
})

test.describe('behind a proxy, over https', () => {
  const PUBLIC_URL = 'https://muster.example'
  let proxied: RunningMuster
  let port: string
  test.beforeAll(async () => {
    const { createServer } = await import('node:net')
    const free = createServer()
    port = await new Promise((resolve) =>
      free.listen(0, '127.0.0.1', () => resolve(String((free.address() as { port: number }).port))),
    )
    await new Promise((resolve) => free.close(resolve))
    proxied = await startMuster({ env: { PORT: port, PUBLIC_URL, TRUST_PROXY: '1' } })
    await owner(proxied)
  })
  test.afterAll(() => proxied?.stop())

  /** Somebody at an address of their own, as the proxy tells it. */
  const from = (ip: string, person = new Person(`http://127.0.0.1:${port}`)) => ({
    person,
    signIn: async (email: string, password: string) =>
      leadsTo(
        await person.submit('/sign-in/submit', { email, password, next: '/acme' }, { 'x-forwarded-for': ip }),
      ) ?? '',
  })

  test('cookies are __Host-, Secure and of this host alone, and browsers are told to stay on https', async () => {
    const { person } = from('192.0.2.1')
    const response = await person.submit('/sign-in/submit', { email: EMAIL, password: PASSWORD, next: '/' })
    const cookies = response.headers.getSetCookie().filter((line) => /^(__Host-)?muster/.test(line))
    const session = cookies.find((line) => line.startsWith('__Host-muster.session='))
    expect(session).toMatch(/; Path=\/;.*HttpOnly.*; Secure|; Path=\/;.*Secure.*HttpOnly/i)
    for (const line of cookies) {
      expect(line).toMatch(/; Secure/i)
      expect(line).toMatch(/; HttpOnly/i)
      expect(line).toMatch(/; SameSite=Lax/i)
      expect(line).not.toMatch(/; Domain/i)
    }
    const { headers } = await person.send('/sign-in')
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8,}/)
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
  })

  test('whatever host a proxy forwards, addresses are those of PUBLIC_URL', async () => {
    await hostTricks(port, PUBLIC_URL)
  })

  test('who guesses waits, and the owner gets in all the same', async () => {
    const ada = from('198.51.100.1')
    expect(await ada.signIn(EMAIL, PASSWORD)).toBe('/acme')
    const guesser = from('203.0.113.7')
    const answers: string[] = []
    for (let n = 0; n < 8; n++) answers.push(await guesser.signIn(EMAIL, `wrong guess number ${n}`))
    expect(answers.at(-1)).toMatch(/error=throttled.*wait=\d+/)
    // The right password does not help the one who was guessing.
    expect(await guesser.signIn(EMAIL, PASSWORD)).toContain('error=throttled')
    // From many addresses at once: the account slows down for strangers, by a minute at most.
    const many = await Promise.all(
      Array.from({ length: 60 }, (_, n) => from(`198.18.0.${n}`).signIn(EMAIL, `wrong guess ${n}`)),
    )
    const waits = many.flatMap((each) => /wait=(\d+)/.exec(each)?.[1] ?? []).map(Number)
    expect(waits.length).toBeGreaterThan(5)
    expect(Math.max(...waits)).toBeLessThanOrEqual(60)
    // Her browser has signed in before, and so has her address.
    expect(await ada.signIn(EMAIL, PASSWORD)).toBe('/acme')
    expect(await from('198.51.100.1').signIn(EMAIL, PASSWORD)).toBe('/acme')
    expect(await from('192.0.2.200', ada.person).signIn(EMAIL, PASSWORD)).toBe('/acme')
    // One address that tries many accounts waits as well.
    const sprayed: string[] = []
    for (let n = 0; n < 34; n++)
      sprayed.push(await from('203.0.113.99').signIn(`person-${n}@acme.example`, 'spring 2026 password'))
    expect(sprayed.at(-1)).toContain('error=throttled')
  })

  test('nobody learns who has an account: same answer, same work', async () => {
    // As if the guesses of the test before had never been.
    const fresh = await databaseOf(proxied)
    await fresh.query('DELETE FROM throttle')
    await fresh.end()
    let n = 0
    const attempt = async (email: string) => {
      const { person } = from('')
      const began = performance.now()
      const response = await person.submit(
        '/sign-in/submit',
        { email, password: 'not the password at all', next: '/' },
        { 'x-forwarded-for': `198.19.0.${n++}` },
      )
      const took = performance.now() - began
      const shape = [
        response.status,
        leadsTo(response),
        response.headers.getSetCookie(),
        await response.text(),
      ]
      return { took, shape: JSON.stringify(shape).replaceAll(encodeURIComponent(email), 'EMAIL') }
    }
    const known: Awaited<ReturnType<typeof attempt>>[] = []
    const unknown: typeof known = []
    for (let round = 0; round < 12; round++) {
      known.push(await attempt(EMAIL))
      unknown.push(await attempt(`nobody-${round}@acme.example`))
    }
    expect(new Set([...known, ...unknown].map(({ shape }) => shape)).size).toBe(1)
    const median = (of: typeof known) => of.map(({ took }) => took).sort((a, b) => a - b)[6] as number
    // Without the work of a password's hash the answer comes ten times sooner.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.4)
    expect(median(unknown) / median(known)).toBeLessThan(2.5)
  })
})

test('a form without end is not read to it', async () => {
  const endless = { email: EMAIL, password: 'x'.repeat(100_000), next: '/' }
  for (const path of ['/sign-in/submit', '/sign-in/oidc/begin', '/api/auth/callback/credentials'])
    expect((await new Person(muster.url).submit(path, endless)).status, path).toBe(413)
})

test('a caller that no proxy vouches for cannot choose the address that is counted', async () => {
  const person = new Person(muster.url)
  const answers: string[] = []
  for (let n = 0; n < 8; n++)
    answers.push(
      leadsTo(
        await person.submit(
          '/sign-in/submit',
          { email: 'someone@acme.example', password: 'x', next: '/' },
          { 'x-forwarded-for': `192.0.2.${n}`, 'x-real-ip': `192.0.2.${n}` },
        ),
      ) ?? '',
    )
  expect(answers.at(-1)).toContain('error=throttled')
})
