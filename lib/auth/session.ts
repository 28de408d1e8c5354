import { decode, encode } from 'next-auth/jwt'
import { pool, prepared } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { isUuid, newId } from '#lib/platform/ids'
import { type Admission, admission } from './admission.ts'
import type { RequestOrigin } from './client-of-request.ts'
import { type Cookies, sessionCookieName } from './cookies.ts'
import { musterSecret } from './secret.ts'
import type { SignedIn, SignInMethod } from './signed-in.ts'

/** A session ends this long after it was last used … */
export const IDLE_DAYS = 7
/** … and this long after it began, used or not. */
export const LONGEST_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000
/** `last_seen_at` is written at most this often. */
const SEEN_EVERY_MS = 5 * 60 * 1000

/** Begins a browser session and ends the one it replaces. Returns its id, which the cookie will carry. */
export async function beginSession(
  session: { memberId: string; method: SignInMethod; authenticatedAt: Date; replaces?: string | undefined },
  origin: RequestOrigin,
  now: number,
): Promise<string> {
  const id = newId(now)
  if (session.replaces) await endSession(session.replaces, now)
  await pool().query(
    `INSERT INTO sign_in_session (id, member_id, method, created_at, reauthenticated_at, expires_at, last_seen_at, ip, user_agent)
     VALUES ($1, $2, $3, $4, $5, $6, $4, $7, $8)`,
    [
      id,
      session.memberId,
      session.method,
      new Date(now),
      session.authenticatedAt,
      new Date(now + IDLE_DAYS * DAY_MS),
      origin.ip,
      origin.userAgent,
    ],
  )
  return id
}

/** Ends one session (of `memberId`, where named); the next request with its cookie is signed out. */
export async function endSession(sessionId: string, now: number, memberId?: string): Promise<void> {
  if (!isUuid(sessionId)) return
  const { rows } = await pool().query<{ member_id: string }>(
    `UPDATE sign_in_session SET revoked_at = $2
     WHERE id = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR member_id = $3) RETURNING member_id`,
    [sessionId, new Date(now), memberId ?? null],
  )
  if (rows[0]) await announceMember(rows[0].member_id)
}

/** Ends all sessions of a member, except one if named. Returns how many ended. */
export async function endSessions(memberId: string, now: number, except?: string): Promise<number> {
  const ended = await pool().query(
    `UPDATE sign_in_session SET revoked_at = $2
     WHERE member_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND id IS DISTINCT FROM $3`,
    [memberId, new Date(now), except ?? null],
  )
  await announceMember(memberId)
  return ended.rowCount ?? 0
}

/** Open pages of the member's teams look again whether they may stay open. */
async function announceMember(memberId: string): Promise<void> {
  const { rows } = await pool().query<{ team_id: string }>(
    'SELECT team_id FROM team_member WHERE member_id = $1',
    [memberId],
  )
  for (const { team_id } of rows) announce(team_id, 'sessions')
}

/** The session id that a request's cookie carries, whether or not the session still lives. */
export async function sessionIdOf(cookies: Cookies): Promise<string | undefined> {
  const token = cookies[sessionCookieName()]
  if (!token) return undefined
  const claims = await decode({ token, secret: musterSecret() }).catch(() => null)
  const sid = claims?.sid
  return typeof sid === 'string' && isUuid(sid) ? sid : undefined
}

type SessionRow = {
  id: string
  member_id: string
  method: SignInMethod
  created_at: Date
  reauthenticated_at: Date
  last_seen_at: Date
  email: string
  name: string
}

/** Who a session belongs to, or why the OpenID provider's word no longer gets them in. */
export type SessionRead = { member?: SignedIn; refused?: Exclude<Admission, 'admitted'> }

/**
 * Who a session belongs to, read from its row each time: revoked, expired or disabled means nobody, at once. One that
 * the OpenID provider vouched for ends as soon as the same sign-in would be refused: when the directory deactivates or
 * drops the person, say.
 */
export async function readSession(sessionId: string, now: number): Promise<SessionRead> {
  const { rows } = await prepared<SessionRow>(
    pool(),
    'session',
    `SELECT s.id, s.member_id, s.method, s.created_at, s.reauthenticated_at, s.last_seen_at, m.email, m.name
     FROM sign_in_session s JOIN member m ON m.id = s.member_id
     WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.created_at > $3 AND m.disabled_at IS NULL`,
    [sessionId, new Date(now), new Date(now - LONGEST_DAYS * DAY_MS)],
  )
  const row = rows[0]
  if (!row) return {}
  if (row.method === 'oidc') {
    const answer = await admission({ memberId: row.member_id, email: row.email }, now)
    if (answer !== 'admitted') {
      await endSession(sessionId, now)
      return { refused: answer }
    }
  }
  if (now - row.last_seen_at.getTime() > SEEN_EVERY_MS) await slide(row, now)
  return {
    member: {
      memberId: row.member_id,
      email: row.email,
      name: row.name,
      sessionId: row.id,
      method: row.method,
      reauthenticatedAt: row.reauthenticated_at,
    },
  }
}

async function slide(row: SessionRow, now: number): Promise<void> {
  const end = Math.min(now + IDLE_DAYS * DAY_MS, row.created_at.getTime() + LONGEST_DAYS * DAY_MS)
  await pool().query(
    'UPDATE sign_in_session SET last_seen_at = $2, expires_at = $3 WHERE id = $1 AND revoked_at IS NULL',
    [row.id, new Date(now), new Date(end)],
  )
}

/** The session of a request with these cookies. */
export async function sessionOfCookies(cookies: Cookies, now: number): Promise<SessionRead> {
  const sessionId = await sessionIdOf(cookies)
  return sessionId ? readSession(sessionId, now) : {}
}

/** Who sent a request with these cookies. */
export async function memberOfCookies(cookies: Cookies, now: number): Promise<SignedIn | undefined> {
  return (await sessionOfCookies(cookies, now)).member
}

/** The cookie's value for a session: next-auth's token, which names the row and carries nothing else. */
export function sessionToken(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: musterSecret(), maxAge: LONGEST_DAYS * 24 * 60 * 60 })
}
