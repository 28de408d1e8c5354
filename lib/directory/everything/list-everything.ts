import type { CursorPosition } from '#lib/scim/cursor'
import type { Note } from '#lib/scim/note'
import type { Definitions } from '#lib/scim/schema/resource-types'
import { ScimError } from '#lib/scim/scim-error'
import { listGroups } from '../groups/list-groups.ts'
import type { ListQuery, Page } from '../list-resources.ts'
import { readCursor, writeCursor } from '../lists/sealed-cursor.ts'
import { listRolePage } from '../roles/list-role-page.ts'
import { listUsers } from '../users/list-users.ts'
import { commonNotes, type Everything, type Listed, TYPES } from './everything.ts'
import { sortEverything } from './sort-everything.ts'

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

/** A cursor stands in one type, and in that type's own cursor; without that, before its first or, going back, behind its last. */
async function byCursor(
  everything: Everything,
  query: ListQuery,
  page: { cursor: string | undefined; count: number },
): Promise<Page<Listed>> {
  const scope = [everything.teamId, 'everything', query.filter]
  const start: Position = page.cursor
    ? readPosition(readCursor(page.cursor, scope))
    : { at: 0, inner: undefined, back: false }
  const { back } = start
  const parts: Part[] = []
  let left = page.count
  for (const [at, type] of back ? [...TYPES.entries()].reverse() : TYPES.entries()) {
    const count = (back ? at > start.at : at < start.at) ? 0 : left
    const cursor = count > 0 && at === start.at ? start.inner : undefined
    const part = await listType(type, everything, {
      ...query,
      page: { kind: 'cursor', cursor, last: back, count },
    })
    left -= part.rows.length
    parts.push({ ...part, at })
  }
  if (back) parts.reverse()
  const cursor = (position: CursorPosition | undefined) => position && writeCursor(position, scope)
  return {
    rows: parts.flatMap((part) => part.rows),
    totalResults: parts.reduce((total, part) => total + part.totalResults, 0),
    nextCursor: cursor(nextOf(parts)),
    previousCursor: cursor(previousOf(parts)),
    notes: commonNotes(parts.map((part) => part.notes)),
  }
}

type Part = Page<Listed> & { at: number }

function nextOf(parts: readonly Part[]): CursorPosition | undefined {
  const last = parts.findLast((part) => part.rows.length > 0)
  if (!last) return undefined
  if (last.nextCursor !== undefined) return [last.at, last.nextCursor]
  const later = parts.find((part) => part.at > last.at && part.totalResults > 0)
  return later && [later.at, null]
}

function previousOf(parts: readonly Part[]): CursorPosition | undefined {
  const first = parts.find((part) => part.rows.length > 0)
  if (!first) return undefined
  if (first.previousCursor !== undefined) return [first.at, first.previousCursor, 'back']
  const earlier = parts.findLast((part) => part.at < first.at && part.totalResults > 0)
  return earlier && [earlier.at, null, 'back']
}

type Position = { at: number; inner: string | undefined; back: boolean }

function readPosition([at, inner, direction]: CursorPosition): Position {
  if (typeof at !== 'number' || !TYPES[at])
    throw new ScimError(400, 'invalidCursor', 'The cursor is damaged.')
  return { at, inner: typeof inner === 'string' ? inner : undefined, back: direction === 'back' }
}
