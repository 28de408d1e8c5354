import { type ColumnType, RowType } from '#lib/db/row-type'
import { type ExchangeDraft, KEPT_CHARACTERS } from './exchange.ts'

const COLUMNS: [name: string, type: ColumnType][] = [
  ['team_id', 'uuid'],
  ['id', 'uuid'],
  ['at', 'timestamptz'],
  ['kind', 'text'],
  ['method', 'text'],
  ['path', 'text'],
  ['status', 'int4'],
  ['duration_us', 'int4'],
  ['connection_id', 'uuid'],
  ['service_user_id', 'uuid'],
  ['ip', 'text'],
  ['user_agent', 'text'],
  ['request_headers', 'jsonb'],
  ['request_body', 'text'],
  ['request_bytes', 'int4'],
  ['response_body', 'text'],
  ['response_bytes', 'int4'],
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

const ROWS = new RowType('exchange_input', COLUMNS)
const MANY = `INSERT INTO exchange (${NAMES}) SELECT ${COLUMNS.map(([name]) => `e.${name}`).join(', ')}`

/** The insert of many exchanges at once, from one parameter: `exchangeRows`. */
export const INSERT_EXCHANGES = `${MANY} FROM ${ROWS.from('$1', 'e')} ON CONFLICT DO NOTHING`

/**
 * The same inside a statement that writes several resources: of the exchanges in parameter `$n` (`exchangeRows`)
 * those whose resource is among `written`, a relation with an `id`.
 */
export function insertExchangesOf(written: string, parameter: string): string {
  return `${MANY} FROM ${ROWS.from(parameter, 'e')} WHERE e.resource_id IN (SELECT id FROM ${written})`
}

/** The same of those that `join` finds (they are `e`), where that relation knows better than they what was done. */
export function insertExchangesWith(join: string, parameter: string, overrides: Overrides): string {
  const values = COLUMNS.map(([name]) => overrides[name as keyof Overrides] ?? `e.${name}`)
  return `INSERT INTO exchange (${NAMES}) SELECT ${values.join(', ')} FROM ${ROWS.from(parameter, 'e')} JOIN ${join}`
}

/** @param rows  of each exchange its `exchangeValues` */
export function exchangeRows(rows: readonly unknown[][]): Promise<Buffer> {
  return ROWS.parameter(rows)
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
