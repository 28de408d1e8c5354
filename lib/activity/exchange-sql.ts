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
const NAMES = COLUMNS.map(([name]) => name).join(', ')

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

export function exchangeValues(draft: ExchangeDraft): unknown[] {
  return [
    draft.teamId,
    draft.id,
    new Date(draft.at).toISOString(),
    draft.kind,
    draft.method,
    storable(draft.path),
    draft.status,
    Math.round((performance.now() - draft.startedAt) * 1000),
    draft.connectionId,
    draft.serviceUserId,
    draft.ip,
    draft.userAgent && storable(draft.userAgent),
    draft.requestHeaders && storable(JSON.stringify(draft.requestHeaders)),
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
    draft.changes && storable(JSON.stringify(draft.changes), Number.POSITIVE_INFINITY),
    (draft.partOf ? [draft.partOf, ...draft.notes] : draft.notes).map((note) => storable(note)),
  ]
}

/** The insert of many exchanges at once: one array a column, so that the statement's text does not depend on how many. */
export const INSERT_EXCHANGES = `INSERT INTO exchange (${NAMES})
  SELECT ${COLUMNS.map(([name, type]) => (type === 'text[]' ? `ARRAY(SELECT jsonb_array_elements_text(${name}))` : name)).join(', ')}
  FROM unnest(${COLUMNS.map(([, type], i) => `$${i + 1}::${type === 'text[]' ? 'jsonb' : type}[]`).join(', ')}) AS e(${NAMES})
  ON CONFLICT DO NOTHING`

export function exchangeColumns(drafts: ExchangeDraft[]): unknown[][] {
  const rows = drafts.map(exchangeValues)
  return COLUMNS.map(([, type], i) =>
    rows.map((row) => (type === 'text[]' ? JSON.stringify(row[i]) : row[i])),
  )
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair; a hostile request may carry both. */
function storable(text: string, limit = KEPT_CHARACTERS): string {
  const kept = text.length > limit ? text.slice(0, limit) : text
  // A backslash may spell them in JSON, where jsonb refuses them as well.
  return kept.replaceAll('\0', '�').replaceAll('\\u0000', '�').toWellFormed()
}
