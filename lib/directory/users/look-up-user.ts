import { permitOf } from '#lib/db/permit'
import { PermittedReads } from '#lib/db/permitted-reads'
import { anyOf, LOOKS_DEAR, plannedOnce, pool, prepared } from '#lib/db/pool'
import { singleton } from '#lib/platform/singleton'
import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { Note } from '#lib/scim/note'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import type { ListQuery } from '../list-resources.ts'
import { USER_COLUMNS, type UserRow } from './user-row.ts'

type NamedRow = UserRow & { user_name_key: string; good: boolean }

/** At least one row, which is without a user when none is found. */
const FIND_BY_NAME = `SELECT p.good, u.user_name_key, ${USER_COLUMNS} FROM (${permitOf('$3', '$4')}) p
  LEFT JOIN directory_user u ON u.team_id = $1 AND u.user_name_key ${anyOf('$2', 'text')} WHERE ${plannedOnce('$5')}`

const nameReads = () =>
  singleton(
    'user-name-reads',
    () =>
      new PermittedReads<NamedRow>(
        async (teamId, keys, tokenHash) => {
          const values = [teamId, keys, tokenHash, new Date().toISOString(), LOOKS_DEAR]
          return (await prepared<NamedRow>(pool(), 'users-by-name', FIND_BY_NAME, values)).rows
        },
        (row) => row.user_name_key,
      ),
  )

/**
 * Answers `userName eq "…"` from the first row on: what Okta asks before every create, and so of all queries the most
 * frequent. Undefined for any other query. Look-ups that are asked for at the same time are read together.
 */
export async function lookUpUser(
  teamId: string,
  { filter, sortBy, page, permit }: ListQuery,
  definition: ResourceDefinition,
): Promise<{ rows: UserRow[]; notes: readonly Note[] } | undefined> {
  if (page.kind !== 'index' || page.startIndex !== 1 || page.count === 0 || sortBy) return undefined
  if (!filter || !/^\s*userName\s+eq\s/i.test(filter)) return undefined
  const { filter: resolved, notes } = resolveFilter(parseFilter(filter), definition)
  if (resolved.kind !== 'compare' || resolved.operator !== 'eq' || resolved.attribute.path !== 'userName')
    return undefined
  const { value } = resolved
  // No userName holds a NUL, and PostgreSQL would refuse the look-ups of all others with it.
  if (typeof value !== 'string' || value.includes('\0')) return undefined
  const row = await nameReads().read(teamId, value, permit)
  return { rows: row ? [row] : [], notes }
}
