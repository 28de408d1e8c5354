import { pool, prepared } from '#lib/db/pool'

const DAY_MS = 86_400_000
/** Long enough that Okta's admin, who must authenticate again, is back from a holiday. */
const WARNING_DAYS = 20

/** A connection whose last credential ends soon (`ending`), or ended, so that nothing arrives any more (`ended`). */
export type RunningOut = {
  connectionId: string
  name: string
  serviceUserId: string
  serviceUserName: string
  state: 'ending' | 'ended'
  /** ISO 8601. */
  endsAt: string
  /** How it is mended: authenticate again in Okta, or paste a new token there. */
  credential: 'refresh' | 'static'
}

const FIND = `
  SELECT c.id, c.name, s.id AS service_user_id, s.name AS service_user_name, newest.kind, newest.ends_at
  FROM connection c
  JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
  JOIN LATERAL (
    SELECT t.kind, least(coalesce(t.expires_at, 'infinity'), coalesce(t.revoked_at, 'infinity')) AS ends_at FROM token t
    WHERE t.team_id = c.team_id AND t.connection_id = c.id AND t.kind IN ('refresh', 'static') AND t.rotated_at IS NULL
    ORDER BY 2 DESC LIMIT 1
  ) newest ON newest.ends_at < $2
  WHERE c.team_id = $1 AND c.disconnected_at IS NULL AND s.disabled_at IS NULL AND s.deleted_at IS NULL
    AND ($3::uuid IS NULL OR c.id = $3)
  ORDER BY newest.ends_at LIMIT 200`

/**
 * The connections of a team (or one of them) whose tokens run out within `days`, the most pressing first. What counts
 * is what keeps a connection going: its refresh tokens, which slide with use, and its static ones; a connection with
 * one that ends later, or never, is fine. One that gets its tokens by client credentials needs no warning: its client
 * asks again.
 */
export async function tokensRunningOut(given: {
  teamId: string
  connectionId?: string
  now: number
  days?: number
}): Promise<RunningOut[]> {
  const { teamId, connectionId, now, days = WARNING_DAYS } = given
  const { rows } = await prepared<{
    id: string
    name: string
    service_user_id: string
    service_user_name: string
    kind: 'refresh' | 'static'
    ends_at: Date
  }>(pool(), 'tokens-running-out', FIND, [teamId, new Date(now + days * DAY_MS), connectionId ?? null])
  return rows.map((row) => ({
    connectionId: row.id,
    name: row.name,
    serviceUserId: row.service_user_id,
    serviceUserName: row.service_user_name,
    state: row.ends_at.getTime() <= now ? 'ended' : 'ending',
    endsAt: row.ends_at.toISOString(),
    credential: row.kind,
  }))
}
