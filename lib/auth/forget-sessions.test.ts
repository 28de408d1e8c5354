import { expect, it } from 'vitest'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { forgetSessions } from './forget-sessions.ts'
import { beginSession, endSession } from './session.ts'

await testDatabase()
const DAY = 24 * 60 * 60 * 1000
const start = Date.now()

async function aMember(): Promise<string> {
  const id = newId(start)
  await pool().query(
    'INSERT INTO member (id, email, email_key, name, updated_at) VALUES ($1, $2, $2, $2, $3)',
    [id, `${id}@example.com`, new Date(start)],
  )
  return id
}

function signIn(memberId: string, now: number): Promise<string> {
  const session = { memberId, method: 'password' as const, authenticatedAt: new Date(now) }
  return beginSession(session, { ip: '192.0.2.1', userAgent: 'a browser' }, now)
}

async function sessionsOf(memberId: string): Promise<string[]> {
  const { rows } = await pool().query('SELECT id FROM sign_in_session WHERE member_id = $1 ORDER BY id', [
    memberId,
  ])
  return rows.map(({ id }) => id)
}

it('forgets a session a month after it ended, and keeps the last one of each member', async () => {
  const [dana, eve] = [await aMember(), await aMember()]
  const revoked = await signIn(dana, start)
  const expired = await signIn(dana, start + DAY)
  const lately = await signIn(dana, start + 30 * DAY)
  const only = await signIn(eve, start)
  await endSession(revoked, start)

  await forgetSessions(start + 30 * DAY)
  expect(await sessionsOf(dana)).toEqual([revoked, expired, lately])
  await forgetSessions(start + 31 * DAY)
  expect(await sessionsOf(dana)).toEqual([expired, lately])
  expect(await forgetSessions(start + 39 * DAY)).toBe(1)
  expect(await sessionsOf(dana)).toEqual([lately])
  await forgetSessions(start + 365 * DAY)
  expect([await sessionsOf(dana), await sessionsOf(eve)]).toEqual([[lately], [only]])
})
