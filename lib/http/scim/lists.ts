import { redactFilter } from '#lib/activity/redact'
import type { ListQuery, Page } from '#lib/directory/list-resources'
import type { LongText } from '#lib/platform/long-text'
import { isObject, type JsonObject, ownIgnoringCase } from '#lib/scim/json-value'
import { type ListResponse, listResponseText } from '#lib/scim/messages'
import { parsePage } from '#lib/scim/pagination'
import { ScimError } from '#lib/scim/scim-error'
import type { ScimAnswer, ScimContext } from './context.ts'

/** What a list or a search asks for, from a query string or a SearchRequest (RFC 7644 §3.4.3). */
export type SearchParameters = ListQuery & { attributes?: unknown; excludedAttributes?: unknown }

export function listParameters(query: ReadonlyMap<string, string>): SearchParameters {
  return {
    filter: query.get('filter'),
    sortBy: query.get('sortBy'),
    sortOrder: query.get('sortOrder'),
    attributes: query.get('attributes'),
    excludedAttributes: query.get('excludedAttributes'),
    page: parsePage({
      startIndex: query.get('startIndex'),
      count: query.get('count'),
      cursor: query.get('cursor'),
    }),
  }
}

export function searchParameters(body: unknown): SearchParameters {
  if (!isObject(body)) throw new ScimError(400, 'invalidSyntax', 'A search request must be a JSON object.')
  const value = (name: string) => ownIgnoringCase(body as JsonObject, name)
  const text = (name: string) => {
    const given = value(name)
    if (given === undefined || given === null || typeof given === 'string') return given ?? undefined
    throw new ScimError(400, 'invalidValue', `${name} must be a string.`)
  }
  return {
    filter: text('filter'),
    sortBy: text('sortBy'),
    sortOrder: text('sortOrder'),
    attributes: value('attributes'),
    excludedAttributes: value('excludedAttributes'),
    page: parsePage({ startIndex: value('startIndex'), count: value('count'), cursor: value('cursor') }),
  }
}

/** Characters. */
const LONG = 16_384

export function listAnswer(
  page: Page<{ text: LongText }>,
  project: (text: LongText) => LongText,
): ScimAnswer {
  const { rows, totalResults, startIndex, nextCursor, previousCursor } = page
  const resources = rows.map((row) => project(row.text))
  const list = { totalResults, startIndex, itemsPerPage: rows.length, nextCursor, previousCursor }
  return { status: 200, body: listResponse(list, resources) }
}

/** One text, or pieces where a resource is in pieces. A long text is made bytes at once: they are counted, then sent. */
function listResponse(list: Omit<ListResponse, 'resources'>, resources: readonly LongText[]): LongText {
  if (resources.every((text) => typeof text === 'string')) {
    const text = listResponseText({ ...list, resources })
    return text.length > LONG ? [Buffer.from(text)] : text
  }
  const end = ']}'
  const pieces: Buffer[] = [Buffer.from(listResponseText({ ...list, resources: [] }).slice(0, -end.length))]
  for (const [i, text] of resources.entries()) {
    if (i > 0) pieces.push(Buffer.from(','))
    pieces.push(...(typeof text === 'string' ? [Buffer.from(text)] : text))
  }
  return [...pieces, Buffer.from(end)]
}

type Described = { type: 'User' | 'Group' | 'Role'; id: string; name: string }

/** Says in the exchange what was read (or confirmed without a change). */
export function describeRead(
  context: ScimContext,
  resource: Described,
  action?: string,
  summary?: string,
): void {
  const { exchange } = context
  exchange.action = action ?? `${resource.type.toLowerCase()}.read`
  exchange.summary = summary ?? `read ${resource.name}`
  exchange.resourceType = resource.type
  exchange.resourceId = resource.id
  exchange.resourceName = resource.name
}

/** "looked for users where userName eq …: 1 found", "read users 101–200 of 1,204". */
export function describeList(
  context: ScimContext,
  noun: string,
  parameters: SearchParameters,
  page: Page<unknown>,
): void {
  const { exchange } = context
  const filter = parameters.filter && redactFilter(parameters.filter)
  const total = page.totalResults.toLocaleString('en')
  exchange.action = filter ? `${noun}.find` : `${noun}.list`
  exchange.summary = filter
    ? `looked for ${noun}s where ${filter.length > 200 ? `${filter.slice(0, 200)}…` : filter}: ${total} found`
    : `read ${page.rows.length} of ${total} ${noun}s${page.startIndex && page.startIndex > 1 ? ` from number ${page.startIndex}` : ''}`
  exchange.notes = page.notes.map((note) => `${note.path}: ${note.message}`)
}
