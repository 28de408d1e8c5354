import { type CursorPosition, decodeCursor, encodeCursor } from '#lib/scim/cursor'
import type { Note } from '#lib/scim/note'
import type { Definitions } from '#lib/scim/schema/resource-types'
import { ScimError } from '#lib/scim/scim-error'
import { listGroups } from '../groups/list-groups.ts'
import type { ListQuery, Page } from '../list-resources.ts'
import { listRolePage } from '../roles/list-role-page.ts'
import { listUsers } from '../users/list-users.ts'
import { commonNotes, type Everything, type Listed, TYPES } from './everything.ts'
import { sortEverything } from './sort-everything.ts'

const CURSOR_LIFETIME_SECONDS = 24 * 3600

/**
 * A page over all resource types (RFC 7644 §3.4.2.1): users, then groups, then roles, each in the order they arrived; with
 * `sortBy` mixed, in that order. A filter's attributes that a type does not have count as absent there.
 */
export async function listEverything(everything: Everything, query: ListQuery): Promise<Page<Listed>> {
  if (query.sortBy) return sortEverything(everything, query)
  return query.page.kind === 'cursor'
    ? byCursor(everything, query, query.page)
    : byIndex(everything, query, query.page)
}

async function listType(
  type: keyof Definitions,
  { teamId, definitions, scimBaseUrl, withMembers }: Everything,
  query: ListQuery,
): Promise<Page<Listed>> {
  const definition = definitions[type]
  const page =
    type === 'User'
      ? await listUsers(teamId, query, definition, scimBaseUrl)
      : type === 'Group'
        ? await listGroups(teamId, query, definition, scimBaseUrl, withMembers)
        : await listRolePage(teamId, query, definition, scimBaseUrl)
  return { ...page, rows: page.rows.map((row) => ({ type, ...row })) }
}

async function byIndex(
  everything: Everything,
  query: ListQuery,
  { startIndex, count }: { startIndex: number; count: number },
): Promise<Page<Listed>> {
  const rows: Listed[] = []
  const notes: (readonly Note[])[] = []
  let totalResults = 0
  for (const type of TYPES) {
    // Where this type's share of the page begins, within the type.
    const from = Math.max(1, startIndex - totalResults)
    const page = { kind: 'index', startIndex: from, count: count - rows.length } as const
    const part = await listType(type, everything, { ...query, page })
    rows.push(...part.rows)
    notes.push(part.notes)
    totalResults += part.totalResults
  }
  return { rows, totalResults, startIndex, notes: commonNotes(notes) }
}

/** A cursor stands in one type, and in that type's own cursor. It walks forward only (RFC 9865: previousCursor may be absent). */
async function byCursor(
  everything: Everything,
  query: ListQuery,
  page: { cursor: string | undefined; count: number },
): Promise<Page<Listed>> {
  const scope = [everything.teamId, 'everything', query.filter]
  const start = page.cursor
    ? readPosition(decodeCursor(page.cursor, scope, Date.now(), CURSOR_LIFETIME_SECONDS))
    : { at: 0, inner: undefined }
  const rows: Listed[] = []
  const notes: (readonly Note[])[] = []
  let totalResults = 0
  let next: CursorPosition | undefined
  for (const [at, type] of TYPES.entries()) {
    const left = at < start.at ? 0 : page.count - rows.length
    const inner = at === start.at ? start.inner : undefined
    const part = await listType(type, everything, {
      ...query,
      page: { kind: 'cursor', cursor: left === 0 ? undefined : inner, count: left },
    })
    rows.push(...part.rows)
    notes.push(part.notes)
    totalResults += part.totalResults
    if (next || at < start.at || page.count === 0) continue
    if (part.nextCursor !== undefined) next = [at, part.nextCursor]
    else if (left === 0 && part.totalResults > 0) next = [at, null]
  }
  const nextCursor = next && encodeCursor(next, scope, Date.now())
  return { rows, totalResults, nextCursor, notes: commonNotes(notes) }
}

function readPosition([at, inner]: CursorPosition): { at: number; inner: string | undefined } {
  if (typeof at !== 'number' || !TYPES[at])
    throw new ScimError(400, 'invalidCursor', 'The cursor is damaged.')
  return { at, inner: typeof inner === 'string' ? inner : undefined }
}
