import type { ExchangeDetail as Shown } from '#components/activity/exchange-viewer'
import type { ActivityRow } from '#lib/activity/activity-row'
import { explainError } from '#lib/activity/explain-error'
import type { ExchangeDetail } from '#lib/activity/find-exchange'
import { env } from '#lib/platform/env'
import { inWords, relatedRows, resourceShown } from './entry-shown.ts'

/** A recorded exchange as its viewer shows it. */
export function shownExchange(
  slug: string,
  exchange: ExchangeDetail,
  related: readonly ActivityRow[],
): Shown {
  const [path = '', query] = exchange.path.split('?', 2)
  return {
    method: exchange.method,
    path,
    query,
    status: exchange.status,
    at: exchange.at,
    durationMs: exchange.durationMs,
    requestId: exchange.id,
    summary: exchange.summary,
    actor: exchange.serviceUser
      ? { kind: 'serviceUser', name: exchange.serviceUser.name }
      : { kind: 'unknown', name: 'not signed in' },
    connection: exchange.connection && {
      name: exchange.connection.name,
      href: `/${slug}/connections/${exchange.connection.id}`,
    },
    // What was not found has no page to lead to.
    resource: resourceShown(exchange.status === 404 ? undefined : slug, exchange.resource),
    address: exchange.ip,
    userAgent: exchange.userAgent,
    request: {
      headers: Object.entries(exchange.requestHeaders).map(([name, value]) => ({ name, value })),
      body: exchange.requestBody,
      note: cutNote(exchange.requestBody, exchange.requestBytes),
    },
    response: {
      headers: [],
      body: exchange.responseBody,
      note: cutNote(exchange.responseBody, exchange.responseBytes),
    },
    error: errorShown(exchange),
    changes: exchange.changes.map((change) => ({
      attribute: change.path,
      before: inWords(change.before),
      after: inWords(change.after),
    })),
    notes: exchange.notes.map((note) => shownNote(slug, note)),
    related: relatedRows(slug, exchange.id, related),
    relatedHref: exchange.resource?.id && `/${slug}/activity?q=${exchange.resource.id}`,
    curl: curlOf(exchange),
  }
}

function errorShown({ status, errorType, errorDetail, resource, method }: ExchangeDetail): Shown['error'] {
  if (status < 400) return undefined
  const about = { method, resourceType: resource?.type, detail: errorDetail }
  const { meaning, rfc, remedy } = explainError({ status, errorType, ...about })
  // `token expired` and the like are Muster's own, for its log; scimType is what the client was told.
  const type = errorType?.includes(' ') ? undefined : errorType
  return { title: errorDetail || meaning, type, meaning, rfc, remedy }
}

/** Redaction changes a few bytes; a body that is shorter than it was by more than that was cut. */
function cutNote(body: string | undefined, bytes: number): string | undefined {
  if (body === undefined || bytes <= Buffer.byteLength(body) + 64) return undefined
  return `First ${Math.ceil(Buffer.byteLength(body) / 1024)} KB of ${Math.ceil(bytes / 1024).toLocaleString('en')} KB`
}

function curlOf(exchange: ExchangeDetail): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const form = exchange.kind === 'oauth'
  const lines = [
    `curl -X ${exchange.method} ${quote(env().PUBLIC_URL + exchange.path)}`,
    form ? `-u '<client id>:<client secret>'` : `-H 'Authorization: Bearer <token>'`,
  ]
  if (exchange.requestBody)
    lines.push(
      `-H 'Content-Type: ${form ? 'application/x-www-form-urlencoded' : 'application/scim+json'}'`,
      `-d ${quote(exchange.requestBody)}`,
    )
  return lines.join(' \\\n  ')
}

/** A note of an exchange: what was tolerated, or which bulk request it was an operation of (with that one's id). */
function shownNote(slug: string, note: string): Shown['notes'][number] {
  const bulk = /^bulk: (operation \d+ of \d+) of request ([0-9a-f-]{36})$/.exec(note)
  if (bulk) return { text: `This was ${bulk[1]} of a bulk request.`, href: `/${slug}/activity/${bulk[2]}` }
  return { text: note }
}
