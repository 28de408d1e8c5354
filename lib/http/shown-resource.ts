import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'

/** What a team's pages show one of, and where it is kept. */
const TABLES: Record<string, readonly string[]> = {
  users: ['directory_user'],
  groups: ['directory_group'],
  roles: ['role'],
  connections: ['connection'],
  activity: ['exchange', 'activity_event'],
}
/**
 * Whether what a page's path names is the team's: `/acme/users/{id}` and the like. True for every other path. For the
 * frame around the pages, which answers before the page itself streams: once it does, it is too late for a 404.
 */
export async function isShownResource(teamId: string, path: string): Promise<boolean> {
  const [, , room = '', id] = path.split('?', 1)[0]?.split('/') ?? []
  const tables = Object.hasOwn(TABLES, room) ? TABLES[room] : undefined
  if (!tables || !id || !isUuid(id)) return true
  const found = tables.map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE team_id = $1 AND id = $2)`)
  const { rows } = await pool().query<{ found: boolean }>(`SELECT ${found.join(' OR ')} AS found`, [
    teamId,
    id,
  ])
  return rows[0]?.found === true
}
