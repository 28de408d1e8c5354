import { type ExchangeDraft, KEPT_CHARACTERS } from './exchange.ts'

const COLUMNS: [name: string, type: string][] = [
  ['team_id', 'uuid'],
  ['id', 'uuid'],
  ['at', 'timestamptz'],
  ['kind', 'text'],
  ['method', 'text'],
  ['path', 'text'],
  ['status', 'int'],
  ['duration_us', 'int'],
  ['connection_id', 'uuid'],
  ['service_user_id', 'uuid'],
  ['ip', 'text'],
  ['user_agent', 'text'],
  ['request_headers', 'jsonb'],
  ['request_body', 'text'],
  ['request_bytes', 'int'],
  ['response_body', 'text'],
  ['response_bytes', 'int'],
  ['action', 'text'],
  ['summary', 'text'],
  ['resource_type', 'text'],
  ['resource_id', 'uuid'],
  ['resource_name', 'text'],
  ['error_type', 'text'],
  ['error_detail', 'text'],
  ['changes', 'jsonb'],
  ['notes', 'text[]'],
]
export const EXCHANGE_COLUMNS = COLUMNS.map(([name]) => name)
const NAMES = EXCHANGE_COLUMNS.join(', ')

/** Column → SQL expression, for what a statement knows better than its caller (the words of what it changed, say). */
type Overrides = Partial<Record<'summary' | 'changes' | 'resource_id' | 'resource_name' | 'status', string>>

/**
 * The insert of one exchange, to stand inside the statement of the write that it records: same statement, same
 * transaction. Its values (`exchangeValues`) begin at parameter `$first`; `from` is a FROM clause that yields one row
 * when the write happened and none when it did not.
 */
export function insertExchange(first: number, from: string, overrides: Overrides = {}): string {
  const values = COLUMNS.map(([name, type], i) => {
    const override = overrides[name as keyof Overrides]
    const parameter = `$${first + i}::${type}`
    // Every parameter appears, even where it loses: PostgreSQL refuses one whose type it cannot tell.
    return override === undefined ? parameter : `coalesce(${override}, ${parameter})`
  })
  return `INSERT INTO exchange (${NAMES}) SELECT ${values.join(', ')} ${from}`
}

/** The values of one exchange, in the order of the columns; jsonb as JSON text. */
export function exchangeValues(draft: ExchangeDraft): unknown[] {
  return [
    draft.teamId,
    draft.id,
    new Date(draft.at).toISOString(),
    draft.kind,
    draft.method,
    storable(draft.path),
    draft.status,
    Math.round(((draft.endedAt ?? performance.now()) - draft.startedAt) * 1000),
    draft.connectionId,
    draft.serviceUserId,
    draft.ip,
    draft.userAgent && storable(draft.userAgent),
    draft.requestHeaders && storableJson(draft.requestHeaders),
    draft.requestBody && storable(draft.requestBody),
    draft.requestBytes,
    draft.responseBody && storable(draft.responseBody),
    draft.responseBytes,
    draft.action,
    storable(draft.summary),
    draft.resourceType,
    draft.resourceId,
    draft.resourceName && storable(draft.resourceName),
    draft.errorType,
    draft.errorDetail && storable(draft.errorDetail),
    draft.changes && storableJson(draft.changes),
    (draft.partOf ? [draft.partOf, ...draft.notes] : draft.notes).map(storable),
  ]
}

const MANY = `INSERT INTO exchange (${NAMES}) SELECT ${COLUMNS.map(([name, type]) => (type === 'jsonb' ? `${name}::jsonb` : name)).join(', ')}`
const RECORDS = `AS e (${COLUMNS.map(([name, type]) => `${name} ${type === 'jsonb' ? 'text' : type}`).join(', ')})`

/** The insert of many exchanges at once, from one parameter: `exchangesJson`. */
export const INSERT_EXCHANGES = `${MANY} FROM json_to_recordset($1::json) ${RECORDS} ON CONFLICT DO NOTHING`

/**
 * The same inside a statement that writes several resources: of the exchanges in parameter `$n` (`exchangeValuesJson`)
 * those whose resource is among `written`, a relation with an `id`.
 */
export function insertExchangesOf(written: string, parameter: string): string {
  return `${MANY} FROM json_to_recordset(${parameter}::json) ${RECORDS} WHERE resource_id IN (SELECT id FROM ${written})`
}

/** The same of those that `join` finds (they are `e`), where that relation knows better than they what was done. */
export function insertExchangesWith(join: string, parameter: string, overrides: Overrides): string {
  const values = COLUMNS.map(
    ([name, type]) =>
      overrides[name as keyof Overrides] ?? (type === 'jsonb' ? `e.${name}::jsonb` : `e.${name}`),
  )
  return `INSERT INTO exchange (${NAMES}) SELECT ${values.join(', ')} FROM json_to_recordset(${parameter}::json) ${RECORDS} JOIN ${join}`
}

export function exchangesJson(drafts: readonly ExchangeDraft[]): string {
  return exchangeValuesJson(drafts.map(exchangeValues))
}

/** @param rows  of each exchange its `exchangeValues` */
export function exchangeValuesJson(rows: readonly unknown[][]): string {
  return JSON.stringify(
    rows.map((values) => Object.fromEntries(COLUMNS.map(([name], i) => [name, values[i]]))),
  )
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair; a hostile request may carry both. */
export function storable(text: string): string {
  const kept = text.length > KEPT_CHARACTERS ? text.slice(0, KEPT_CHARACTERS) : text
  return (kept.includes('\0') ? kept.replaceAll('\0', '\ufffd') : kept).toWellFormed()
}

/** JSON that jsonb takes: it refuses the same two also where an escape spells them, as JSON.stringify does. */
function storableJson(value: unknown): string {
  const text = JSON.stringify(value)
  return text.includes('\\u') ? text.replace(UNSTORABLE_ESCAPE, '$1\ufffd') : text
}

/** An escape proper: behind an even number of backslashes, which are text themselves. */
const UNSTORABLE_ESCAPE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g
