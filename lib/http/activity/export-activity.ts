import type { ActivityRow } from '#lib/activity/activity-row'
import type { ActivityFilter } from '#lib/activity/activity-sql'
import { listActivity } from '#lib/activity/list-activity'
import { teamOfRequest } from '#lib/auth/team-of-request'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { filterOfQuery } from './activity-search.ts'

/** A file holds at most this many entries; the filter's dates reach the others. */
export const MOST_EXPORTED = 50_000
const PAGE = 500

type Entry = Record<(typeof COLUMNS)[number], string | number>

const COLUMNS = [
  'id',
  'at',
  'kind',
  'actor',
  'action',
  'summary',
  'method',
  'path',
  'status',
  'durationMs',
  'resourceType',
  'resourceId',
  'resourceName',
  'error',
] as const

/**
 * GET …/activity/export?format=csv|json with the activity page's filters: the entries it shows, newest first, as a file.
 * Read and sent page by page as the reader takes them, up to MOST_EXPORTED. 404 for who may not read the team.
 */
export async function exportActivity(request: Request, slug: string): Promise<Response> {
  const team = await teamOfRequest(request, slug, 'reviewer')
  if (!team) return new Response(null, { status: 404 })
  const { searchParams } = new URL(request.url)
  const filter = await filterOfQuery(team.id, searchParams, await connectionSummaries(team.id), Date.now())
  const json = searchParams.get('format') === 'json'
  const pages = filter ? entriesOf(team.id, filter) : noEntries()
  const text = (json ? jsonOf(pages) : csvOf(pages))[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => void text.return?.(undefined),
  })
  const name = `muster-activity-${team.slug}-${new Date().toISOString().slice(0, 10)}.${json ? 'json' : 'csv'}`
  return new Response(stream, {
    headers: {
      'content-type': json ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

async function* noEntries(): AsyncGenerator<Entry[]> {}

async function* entriesOf(teamId: string, filter: ActivityFilter): AsyncGenerator<Entry[]> {
  let { after } = filter
  for (let sent = 0; sent < MOST_EXPORTED; sent += PAGE) {
    const page = await listActivity(teamId, { ...filter, before: undefined, after }, PAGE)
    if (page.rows.length > 0) yield page.rows.map(entryOf)
    after = page.after
    if (after === undefined) return
  }
}

async function* jsonOf(pages: AsyncIterable<Entry[]>): AsyncGenerator<string> {
  let lead = '[\n'
  for await (const entries of pages) {
    yield lead + entries.map(jsonEntry).join(',\n')
    lead = ',\n'
  }
  yield lead === '[\n' ? '[]\n' : '\n]\n'
}

const jsonEntry = (entry: Entry) => JSON.stringify(entry, (_, value) => (value === '' ? undefined : value))

async function* csvOf(pages: AsyncIterable<Entry[]>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`
  for await (const entries of pages)
    yield entries.map((entry) => `${COLUMNS.map((name) => cell(entry[name])).join(',')}\r\n`).join('')
}

/** RFC 4180, §2; a leading `'` keeps spreadsheets from running what a client sent as a formula. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function entryOf(row: ActivityRow): Entry {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind === 'exchange' ? 'request' : 'change',
    actor: row.actor.name,
    action: row.action,
    summary: row.summary,
    method: row.request?.method ?? '',
    path: row.request?.path ?? '',
    status: row.request?.status ?? '',
    durationMs: row.request ? Math.round(row.request.durationMs * 1000) / 1000 : '',
    resourceType: row.resource?.type ?? '',
    resourceId: row.resource?.id ?? '',
    resourceName: row.resource?.name ?? '',
    error: row.errorDetail ?? '',
  }
}
