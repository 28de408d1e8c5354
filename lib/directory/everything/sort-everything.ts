import type { CursorPosition } from '#lib/scim/cursor'
import { groupsById } from '../groups/list-groups.ts'
import type { ListQuery, Page } from '../list-resources.ts'
import { bounded } from '../lists/read-page.ts'
import { readCursor, writeCursor } from '../lists/sealed-cursor.ts'
import { renderRole } from '../roles/list-role-page.ts'
import { listRoles } from '../roles/list-roles.ts'
import { orderOf } from '../sort-sql.ts'
import { usersById } from '../users/list-users.ts'
import type { Everything, Listed, TYPES } from './everything.ts'
import { type Union, unionOf } from './sorted-union.ts'

type Type = (typeof TYPES)[number]
/** A resource and its place: the sort key as text, then what parts equal keys. */
type Key = { type: Type; id: string; key: string | null; rank: number; seq: number }

/**
 * A sorted page over all resource types (RFC 7644 §3.4.2.3): one statement finds which, the resources are then read by id.
 * What has no value for the attribute, or no such attribute, comes last when ascending and first when descending.
 */
export async function sortEverything(everything: Everything, query: ListQuery): Promise<Page<Listed>> {
  const union = unionOf(everything, query)
  const page = query.page.kind === 'cursor' ? byCursor : byIndex
  const { keys, ...rest } = await page(everything, query, union)
  return { rows: await read(everything, keys), ...rest, notes: union.notes }
}

type Keys = Omit<Page<never>, 'rows' | 'notes'> & { keys: readonly Key[] }

async function byIndex({ teamId }: Everything, { page }: ListQuery, union: Union): Promise<Keys> {
  const startIndex = page.kind === 'index' ? page.startIndex : 1
  const bounds = (values: unknown[]) =>
    `OFFSET $${values.push(startIndex - 1)} LIMIT $${values.push(page.count)}`
  const keys = page.count === 0 ? [] : await cut(teamId, union, bounds, false)
  const known = startIndex === 1 && keys.length < page.count
  return { keys, totalResults: known ? keys.length : await count(teamId, union), startIndex }
}

async function byCursor(everything: Everything, query: ListQuery, union: Union): Promise<Keys> {
  const { teamId } = everything
  const { page } = query
  const scope = [teamId, 'everything', query.filter, union.name]
  const given = page.kind === 'cursor' ? page.cursor : undefined
  const position = given && readCursor(given, scope)
  const totalResults = await count(teamId, union)
  if (page.count === 0) return { keys: [], totalResults }
  const back = position ? position[0] === 'back' : false
  // One row more tells whether there is more.
  const bounds = (values: unknown[]) => `LIMIT $${values.push(page.count + 1)}`
  const found = await cut(teamId, union, bounds, back, position || undefined)
  const keys = found.slice(0, page.count)
  if (back) keys.reverse()
  const more = found.length > page.count
  const cursor = (direction: 'forward' | 'back', at: Key | undefined) =>
    at && writeCursor([direction, at.key, at.rank, at.seq, at.id], scope)
  return {
    keys,
    totalResults,
    nextCursor: back || more ? cursor('forward', keys.at(-1)) : undefined,
    previousCursor: (back ? more : position) ? cursor('back', keys[0]) : undefined,
  }
}

async function cut(
  teamId: string,
  { sql, values, form, descending }: Union,
  bounds: (values: unknown[]) => string,
  back: boolean,
  position?: CursorPosition,
): Promise<Key[]> {
  const all = [...values]
  const key = form === 'text' ? 'e.key COLLATE "C"' : 'e.key'
  const downwards = descending !== back
  const [later, beyond] = [back ? '<' : '>', downwards ? '<' : '>']
  let where = ''
  if (position) {
    const [, at, ...ties] = position
    const [rank, seq, id] = ties.map((tie) => all.push(tie))
    const tied = `(e.rank, e.seq, e.id) ${later} ($${rank}::int, $${seq}::bigint, $${id}::text)`
    if (at === null) where = `WHERE e.key IS NULL AND ${tied}${downwards ? ' OR e.key IS NOT NULL' : ''}`
    else {
      const value = `$${all.push(at)}::${form}`
      where = `WHERE ${key} ${beyond} ${value} OR ${key} = ${value} AND ${tied}${downwards ? '' : ' OR e.key IS NULL'}`
    }
  }
  const ties = ['e.rank', 'e.seq', 'e.id'].map((tie) => (back ? `${tie} DESC` : tie)).join(', ')
  const statement = `SELECT type, id, key::text AS key, rank, seq FROM (${sql}) e ${where}
    ORDER BY ${orderOf(key, downwards)}, ${ties} ${bounds(all)}`
  return (await bounded<Key>(teamId, { sql: statement, values: all })).rows
}

async function count(teamId: string, { sql, values }: Union): Promise<number> {
  const statement = { sql: `SELECT count(*) AS total FROM (${sql}) e`, values }
  return (await bounded<{ total: number }>(teamId, statement)).rows[0]?.total ?? 0
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
