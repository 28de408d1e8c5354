import { pool } from '#lib/db/pool'
import { search } from '#lib/db/search-pool'
import { containsPattern } from './keyset.ts'

export type Found = {
  kind: 'User' | 'Group' | 'Role' | 'Connection'
  id: string
  label: string
  detail: string | undefined
}

const EACH = 5

/** A few users, groups, roles and connections whose name (or exact id) fits: what the palette jumps to. */
export async function findAnything(teamId: string, q: string): Promise<Found[]> {
  const text = q.trim()
  if (text.length < 2) return []
  const pattern = containsPattern(text)
  const values = [teamId, pattern, text.toLowerCase()]
  const [users, rest] = await Promise.all([
    search<Found>(
      `${teamId} pages`,
      `SELECT 'User' AS kind, id, coalesce(display_name, user_name) AS label, user_name AS detail FROM directory_user
       WHERE team_id = $1 AND search_text LIKE $2 AND $3::text IS NOT NULL LIMIT ${EACH}`,
      values,
    ),
    pool().query<Found>(
      `(SELECT 'Group' AS kind, id, display_name AS label, NULL AS detail FROM directory_group WHERE team_id = $1 AND (name_key LIKE $2 OR id::text = $3) LIMIT ${EACH})
       UNION ALL (SELECT 'Role', id, name, display_name FROM role WHERE team_id = $1 AND (name LIKE $2 OR lower(display_name) LIKE $2) LIMIT ${EACH})
       UNION ALL (SELECT 'Connection', id, name, NULL FROM connection WHERE team_id = $1 AND (lower(name) LIKE $2 OR id::text = $3) LIMIT ${EACH})
       UNION ALL (SELECT 'User', id, coalesce(display_name, user_name), user_name FROM directory_user
         WHERE team_id = $1 AND id = CASE WHEN $3 ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN $3::uuid END)`,
      values,
    ),
  ])
  return [...users.rows, ...rest.rows]
}
