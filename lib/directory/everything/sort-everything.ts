import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { Note } from '#lib/scim/note'
import { ScimError } from '#lib/scim/scim-error'
import { filterToSql } from '../filter-sql.ts'
import type { FilterTarget } from '../filter-target.ts'
import { groupFilterTarget } from '../group-filter-target.ts'
import { groupsById } from '../groups/list-groups.ts'
import type { ListQuery, Page } from '../list-resources.ts'
import { bounded } from '../lists/read-page.ts'
import { roleFilterTarget } from '../role-filter-target.ts'
import { renderRole } from '../roles/list-role-page.ts'
import { listRoles } from '../roles/list-roles.ts'
import { type Sort, sortToSql } from '../sort-sql.ts'
import { userFilterTarget } from '../user-filter-target.ts'
import { usersById } from '../users/list-users.ts'
import { commonNotes, type Everything, type Listed, TYPES } from './everything.ts'

type Type = (typeof TYPES)[number]
type Key = { type: Type; id: string }

const TABLES: Record<Type, string> = {
  User: 'u.id::text AS id, u.seq FROM directory_user u WHERE u.team_id = $1',
  Group: 'g.id::text AS id, g.seq FROM directory_group g WHERE g.team_id = $1 AND g.system IS NULL',
  Role: 'r.name AS id, (extract(epoch FROM r.created_at) * 1000)::bigint AS seq FROM role r WHERE r.team_id = $1',
}

/**
 * A sorted page over all resource types (RFC 7644 §3.4.2.3): one statement finds which, the resources are then read by id.
 * What has no value for the attribute, or no such attribute, comes last when ascending and first when descending.
 */
export async function sortEverything(everything: Everything, query: ListQuery): Promise<Page<Listed>> {
  const { page } = query
  if (page.kind === 'cursor')
    throw new ScimError(
      400,
      'invalidValue',
      'A cursor walks in the order of creation; leave sortBy out, or page with startIndex.',
    )
  const { sql, values, order, notes } = unionOf(everything, query)
  const { teamId } = everything
  const cut = {
    sql: `SELECT type, id FROM (${sql}) e ORDER BY ${order} OFFSET $${values.length + 1} LIMIT $${values.length + 2}`,
    values: [...values, page.startIndex - 1, page.count],
  }
  const keys = page.count === 0 ? [] : (await bounded<Key>(teamId, cut)).rows
  const known = page.startIndex === 1 && keys.length < page.count
  const count = { sql: `SELECT count(*) AS total FROM (${sql}) e`, values }
  const totalResults = known
    ? keys.length
    : ((await bounded<{ total: number }>(teamId, count)).rows[0]?.total ?? 0)
  return { rows: await read(everything, keys), totalResults, startIndex: page.startIndex, notes }
}

/** The types' tables under one another: type, id, seq, sort key. */
function unionOf(
  everything: Everything,
  query: ListQuery,
): { sql: string; values: unknown[]; order: string; notes: readonly Note[] } {
  const values: unknown[] = [everything.teamId]
  const notes: (readonly Note[])[] = []
  const parts = TYPES.map((type) => {
    const definition = everything.definitions[type]
    const target = targetOf(type, everything.scimBaseUrl)
    const sort = sortOf(query, type, everything, target, values.length + 1)
    values.push(...(sort?.params ?? []))
    let where = ''
    if (query.filter !== undefined && query.filter.trim() !== '') {
      const resolved = resolveFilter(parseFilter(query.filter), definition)
      const condition = filterToSql(resolved.filter, target, values.length + 1)
      values.push(...condition.params)
      notes.push(resolved.notes)
      where = ` AND (${condition.sql})`
    }
    return { type, sort, where }
  })
  const sorts = parts.map((part) => part.sort).filter((sort) => sort !== undefined)
  // The types agree on what an attribute is, but for `id`, which is a name for roles: then all keys are text.
  const forms = new Set(sorts.map((sort) => sort.form))
  const form = forms.size === 1 && !forms.has('uuid') ? [...forms][0] : 'text'
  const sql = parts.map(({ type, sort, where }, rank) => {
    const key = sort ? (sort.form === form ? sort.expression : `(${sort.expression})::text`) : `NULL::${form}`
    return `SELECT '${type}' AS type, ${rank} AS rank, ${key} AS key, ${TABLES[type]}${where}`
  })
  const descending = query.sortOrder?.toLowerCase() === 'descending'
  const order = `key${form === 'text' ? ' COLLATE "C"' : ''} ${descending ? 'DESC NULLS FIRST' : 'ASC NULLS LAST'}, rank, seq, id`
  return { sql: sql.join('\nUNION ALL\n'), values, order, notes: commonNotes(notes) }
}

/** How one type sorts; undefined when it does not have the attribute, which at least one type must. */
function sortOf(
  { sortBy = '', sortOrder }: ListQuery,
  type: Type,
  { definitions }: Everything,
  target: FilterTarget,
  firstParam: number,
): Sort | undefined {
  try {
    return sortToSql(sortBy, sortOrder, definitions[type], target, firstParam)
  } catch (cause) {
    const elsewhere = TYPES.some((other) => {
      if (other === type) return false
      try {
        sortToSql(sortBy, sortOrder, definitions[other], targetOf(other, ''), 1)
        return true
      } catch {
        return false
      }
    })
    if (!elsewhere) throw cause
    return undefined
  }
}

function targetOf(type: Type, baseUrl: string): FilterTarget {
  if (type === 'User') return userFilterTarget({ team: '$1', baseUrl })
  return type === 'Group' ? groupFilterTarget({ team: '$1', baseUrl }) : roleFilterTarget(baseUrl)
}

async function read(everything: Everything, keys: readonly Key[]): Promise<Listed[]> {
  const { teamId, scimBaseUrl, withMembers } = everything
  const ids = (type: Type) => keys.filter((key) => key.type === type).map((key) => key.id)
  const [users, groups, roles] = await Promise.all([
    usersById(teamId, ids('User'), scimBaseUrl),
    groupsById(teamId, ids('Group'), scimBaseUrl, withMembers),
    ids('Role').length > 0 ? listRoles(teamId) : [],
  ])
  const texts = new Map([
    ...users.map(({ id, text }) => [`User ${id}`, text] as const),
    ...groups.map(({ id, text }) => [`Group ${id}`, text] as const),
    ...roles.map((role) => [`Role ${role.name}`, renderRole(role, scimBaseUrl)] as const),
  ])
  // What was deleted in between is no longer there.
  return keys.flatMap((key) => {
    const text = texts.get(`${key.type} ${key.id}`)
    return text === undefined ? [] : [{ ...key, text }]
  })
}
