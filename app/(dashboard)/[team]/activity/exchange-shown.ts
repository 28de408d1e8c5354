import type { ExchangeDetail as Shown } from '#components/activity/exchange-viewer'
import type { ExchangeDetail } from '#lib/activity/find-exchange'
import type { ActivityRow } from '#lib/activity/list-activity'
import { env } from '#lib/platform/env'

/** RFC 7644 §3.12, Table 9, in a line each. */
const MEANINGS: Record<string, string> = {
  invalidFilter: 'The filter is not of the grammar, or compares what cannot be compared.',
  tooMany: 'The request would have cost more than the server allows.',
  uniqueness: 'A value that must be unique is in use already.',
  mutability: 'The attribute cannot be changed in this way.',
  invalidSyntax: 'The body does not have the form that the request needs.',
  invalidPath: 'The path of a PATCH operation names nothing that exists.',
  noTarget: 'The path of a PATCH operation selected nothing.',
  invalidValue: 'A required value is missing, or a value does not fit its attribute.',
  invalidVers: 'The SCIM version or an entity tag is not one that is supported.',
  invalidCursor: 'The cursor is damaged, or belongs to another query: start again without it.',
  expiredCursor: 'The cursor is too old: start again without it.',
  invalidCount: 'The page size is not one that is supported.',
  sensitive: 'The request carried something sensitive where it must not.',
}

/** A recorded exchange as its viewer shows it. */
export function shownExchange(
  slug: string,
  exchange: ExchangeDetail,
  related: readonly ActivityRow[],
): Shown {
  const [path = '', query] = exchange.path.split('?', 2)
  const headers = Object.entries(exchange.requestHeaders).map(([name, value]) => ({ name, value }))
  return {
    method: exchange.method,
    path,
    query,
    status: exchange.status,
    at: exchange.at,
    durationMs: exchange.durationMs,
    requestId: exchange.id,
    actor: exchange.serviceUser
      ? { kind: 'serviceUser', name: exchange.serviceUser.name }
      : { kind: 'unknown', name: 'not signed in' },
    connection: exchange.connection && {
      name: exchange.connection.name,
      href: `/${slug}/connections/${exchange.connection.id}`,
    },
    address: exchange.ip,
    userAgent: exchange.userAgent,
    request: {
      headers,
      body: exchange.requestBody,
      note: cutNote(exchange.requestBody, exchange.requestBytes),
    },
    response: {
      headers: [],
      body: exchange.responseBody,
      note: cutNote(exchange.responseBody, exchange.responseBytes),
    },
    error: exchange.errorDetail
      ? {
          title: exchange.errorDetail,
          meaning:
            (exchange.errorType && MEANINGS[exchange.errorType]) ||
            'The request was refused; nothing was changed.',
          rfc: exchange.errorType && MEANINGS[exchange.errorType] ? 'RFC 7644 §3.12' : undefined,
        }
      : undefined,
    changes: exchange.changes.map((change) => ({
      attribute: change.path,
      before: inWords(change.before),
      after: inWords(change.after),
    })),
    related: related
      .filter((row) => row.id !== exchange.id)
      .map((row) => ({
        id: row.id,
        href: `/${slug}/activity/${row.id}`,
        sentence: row.summary,
        status: row.request?.status ?? 200,
      })),
    curl: curlOf(exchange),
  }
}

function cutNote(body: string | undefined, bytes: number): string | undefined {
  if (body === undefined || bytes <= Buffer.byteLength(body) + 64) return undefined
  return `First ${Math.ceil(Buffer.byteLength(body) / 1024)} KB of ${Math.ceil(bytes / 1024).toLocaleString('en')} KB`
}

function inWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function curlOf(exchange: ExchangeDetail): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const lines = [
    `curl -X ${exchange.method} ${quote(env().PUBLIC_URL + exchange.path)}`,
    `-H 'Authorization: Bearer <token>'`,
  ]
  if (exchange.requestBody)
    lines.push(`-H 'Content-Type: application/scim+json'`, `-d ${quote(exchange.requestBody)}`)
  return lines.join(' \\\n  ')
}

/** A note of an exchange: what was tolerated, or which bulk request it was an operation of (with that one's id). */
export function shownNote(note: string, index: number): { label: string; text: string; bulkId?: string } {
  const bulk = /^bulk: (operation \d+ of \d+ of request )([0-9a-f-]{36})$/.exec(note)
  if (bulk) return { label: 'Part of a bulk request', text: bulk[1] as string, bulkId: bulk[2] }
  return { label: index === 0 ? 'Tolerated' : `Tolerated ${index + 1}`, text: note }
}
