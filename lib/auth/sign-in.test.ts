import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { changePassword } from './change-password.ts'
import { readCookies, sessionCookieName } from './cookies.ts'
import { createFirstAdmin } from './first-admin.ts'
import { safeNext } from './safe-next.ts'
import { endSession, memberOfCookies } from './session.ts'
import { ensureSetupLink } from './setup-link.ts'
import { signInByPassword } from './sign-in-by-password.ts'

await testDatabase()
const PASSWORD = 'seven tidy herons wade'
const EMAIL = 'dana@example.com'

function signIn(email: string, password: string, ip: string, next = '/acme'): Promise<Response> {
  const request = new Request('http://localhost:3000/sign-in/submit', {
    method: 'POST',
    headers: { 'x-forwarded-for': ip },
  })
  return signInByPassword(request, new URLSearchParams({ email, password, next }))
}

async function memberOf(response: Response) {
  const cookies = readCookies(
    response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  )
  expect(cookies[sessionCookieName()]).toBeDefined()
  return memberOfCookies(cookies, Date.now())
}

beforeAll(() => {
  process.env.MUSTER_SECRET = 'a secret of the tests, long enough to be one'
})

describe('the set-up link', () => {
  it('makes one admin, also of two who submit at once, and is over after that', async () => {
    const replaced = new URL((await ensureSetupLink()) as string).searchParams.get('token') as string
    const token = new URL((await ensureSetupLink()) as string).searchParams.get('token') as string
    const person = { name: 'Dana', email: EMAIL, password: PASSWORD, teamName: 'Acme' }
    await expect(createFirstAdmin({ ...person, token: replaced })).rejects.toMatchObject({ code: 'gone' })
    // Looked up before anything is done with a password, which costs.
    await expect(createFirstAdmin({ ...person, token: 'none', password: 'x' })).rejects.toMatchObject({
      code: 'gone',
    })
    const results = await Promise.allSettled([
      createFirstAdmin({ ...person, token }),
      createFirstAdmin({ ...person, email: 'eve@example.com', token }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await pool().query('UPDATE member SET email = $1, email_key = $1', [EMAIL])
    expect((await pool().query('SELECT role FROM team_member')).rows).toEqual([{ role: 'owner' }])
    expect(await ensureSetupLink()).toBeNull()
  })
})

describe('signing in', () => {
  it('answers an unknown address as it answers a wrong password', async () => {
    const unknown = await signIn('nobody@example.com', PASSWORD, '192.0.2.1')
    const wrong = await signIn(EMAIL, 'not the password at all', '192.0.2.2')
    expect(unknown.status).toBe(wrong.status)
    expect(unknown.headers.get('location')).toBe(wrong.headers.get('location'))
    expect(wrong.headers.get('location')).toContain('error=credentials')
  })

  it('makes a guesser wait, with the right password as well', async () => {
    for (let n = 0; n < 12; n++) await signIn(EMAIL, `wrong guess number ${n}`, '192.0.2.3')
    const answer = await signIn(EMAIL, PASSWORD, '192.0.2.3')
    expect(answer.headers.get('location')).toContain('error=throttled')
    await pool().query('DELETE FROM throttle')
  })

  it('a revoked session is refused on the next request', async () => {
    const answer = await signIn(EMAIL, PASSWORD, '192.0.2.4')
    expect(answer.headers.get('location')).toBe('/acme')
    const member = await memberOf(answer)
    expect(member?.email).toBe(EMAIL)
    await endSession(member?.sessionId as string, Date.now())
    expect(await memberOf(answer)).toBeUndefined()
  })

  it('a changed password ends the other sessions and keeps this one', async () => {
    const [here, there] = [
      await signIn(EMAIL, PASSWORD, '192.0.2.5'),
      await signIn(EMAIL, PASSWORD, '192.0.2.6'),
    ]
    const member = await memberOf(here)
    if (!member) throw new Error('not signed in')
    const next = 'eight brisk otters swim'
    await expect(changePassword(member, { current: 'wrong', next }, Date.now())).rejects.toMatchObject({
      code: 'forbidden',
    })
    await changePassword(member, { current: PASSWORD, next }, Date.now())
    expect(await memberOf(here)).toBeDefined()
    expect(await memberOf(there)).toBeUndefined()
    const events = await pool().query(
      "SELECT actor_name FROM activity_event WHERE action = 'account.password'",
    )
    expect(events.rows).toEqual([{ actor_name: EMAIL }])
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/%2fevil.example',
    '/%5Cevil.example',
    'https://evil.example',
    '/\t/evil.example',
  ])('never leads to another site: %s', (next) => expect(safeNext(next)).toBe('/'))
})
