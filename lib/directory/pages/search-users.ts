import { effectiveRoles } from '../roles/effective-roles.ts'
import { CHANGED_AT } from '../user-filter-target.ts'
import { type KeysetPage, keysetPage, keysetSql, PAGE_SIZE, readPosition } from './keyset.ts'
import { conditionsOf, SHOWN_NAME, type UserSearch } from './user-conditions.ts'
import { type Asked, byTrigrams, inOrder, type Total } from './user-rows.ts'

export type FoundUser = {
  id: string
  userName: string
  displayName: string | undefined
  active: boolean
  /** The connection that manages the user; undefined: made by hand. */
  managedBy: { id: string; name: string } | undefined
  updatedAt: string
  groupCount: number
  firstGroups: string[]
  roles: string[]
}

export type UserPage = KeysetPage<FoundUser> & Total

/** A page of the users table: searched, filtered, sorted and cut by PostgreSQL, from indexes. */
export async function searchUsers(teamId: string, wanted: UserSearch): Promise<UserPage> {
  const { conditions, values, search: q } = conditionsOf(teamId, wanted)
  const position = readPosition(wanted.after, wanted.before)
  const byTime = wanted.sort?.endsWith('updatedAt') ?? false
  const key = byTime ? CHANGED_AT : SHOWN_NAME
  const keyset = keysetSql(
    position,
    wanted.sort?.startsWith('-') ?? false,
    key,
    'u.id',
    byTime ? 'timestamptz' : 'text',
    values.length + 1,
  )
  const asked: Asked = { teamId, wanted, where: conditions.join(' AND '), values, keyset, key, byTime }
  const { rows, ...found } = await (q === 'trigrams' ? byTrigrams(asked) : inOrder(asked, q !== undefined))
  const page = keysetPage(rows, PAGE_SIZE, position, (row) => [row.sort_key, row.id])
  const roles = await effectiveRoles(
    teamId,
    page.rows.map((row) => row.id),
  )
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      userName: row.user_name,
      displayName: row.display_name ?? undefined,
      active: row.active,
      managedBy: row.connection_id ? { id: row.connection_id, name: row.connection_name ?? '' } : undefined,
      updatedAt: row.updated_at.toISOString(),
      groupCount: row.group_count,
      firstGroups: row.first_groups,
      roles: (roles.get(row.id) ?? []).map((role) => role.name),
    })),
    ...found,
  }
}
