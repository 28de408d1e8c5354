import { pool } from '#lib/db/pool'
import { LONGEST_DAYS } from './session.ts'

export type SessionShown = {
  id: string
  method: string
  createdAt: Date
  lastSeenAt: Date
  ip: string | null
  userAgent: string | null
}

/** The browsers a member is signed in with, the last used first; at most 50. */
export async function listSessions(memberId: string, now: number): Promise<SessionShown[]> {
  const { rows } = await pool().query<SessionShown>(
    `SELECT id, method, created_at AS "createdAt", last_seen_at AS "lastSeenAt", ip, user_agent AS "userAgent"
     FROM sign_in_session
     WHERE member_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND created_at > $3
     ORDER BY last_seen_at DESC LIMIT 50`,
    [memberId, new Date(now), new Date(now - LONGEST_DAYS * 24 * 60 * 60 * 1000)],
  )
  return rows
}
