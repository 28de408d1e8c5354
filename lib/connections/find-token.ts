import { pool } from '#lib/db/pool'
import { parseToken } from './token-format.ts'

export type FoundToken = {
  teamId: string
  hash: string
  kind: 'access' | 'refresh' | 'static'
  family_id: string
  connection_id: string
  service_user_id: string
  service_user_name: string
  client_id: string | null
  scope: string
  created_at: Date
  expires_at: Date | null
  rotated_at: Date | null
  revoked_at: Date | null
  disconnected_at: Date | null
  disabled_at: Date | null
}

const FIND = `
  SELECT t.kind, t.family_id, t.connection_id, t.service_user_id, s.name AS service_user_name, t.client_id, t.scope,
         t.created_at, t.expires_at, t.rotated_at, t.revoked_at, c.disconnected_at,
         coalesce(s.disabled_at, s.deleted_at) AS disabled_at
  FROM token t
  JOIN service_user s ON s.team_id = t.team_id AND s.id = t.service_user_id
  JOIN connection c ON c.team_id = t.team_id AND c.id = t.connection_id
  WHERE t.team_id = $1 AND t.token_hash = $2`

/** A token by its text; undefined when it is none of ours. */
export async function findToken(text: string): Promise<FoundToken | undefined> {
  const parsed = parseToken(text)
  if (!parsed) return undefined
  const { rows } = await pool().query<FoundToken>(FIND, [parsed.teamId, parsed.hash])
  return rows[0] && { ...rows[0], teamId: parsed.teamId, hash: parsed.hash }
}
