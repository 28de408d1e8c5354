import pg from 'pg'
import { env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'
import { forget, singleton } from '#lib/platform/singleton'
import { PreparedQuery } from './prepared-query.ts'

const INT8 = 20
const JSON_TYPE = 114
const JSONB = 3802

/**
 * A statement that hangs (on the disk, say) and one that waits for a lock give their connection back. The longest write that a
 * request may ask for takes some seconds, and its client waits for a minute or so.
 */
export const STATEMENT_TIMEOUT_MS = 60_000
export const LOCK_TIMEOUT_MS = 30_000
/** A process that stopped between two statements of a transaction holds its locks no longer. */
const IDLE_IN_TRANSACTION_MS = 60_000

/** Stored documents travel as text: what a client gets is what is stored, without a parse and a print in between. */
const asText = new Set<number>([JSON_TYPE, JSONB])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (asText.has(oid)) return (value: string) => value
    if (oid === INT8) return Number
    return pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** The process's one pool. Every statement goes through it, Prisma's too. */
export function pool(): pg.Pool {
  return singleton('pool', () => {
    const made = new pg.Pool({
      connectionString: process.env.DATABASE_URL ?? env().DATABASE_URL,
      max: env().DATABASE_POOL_SIZE,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 10_000,
      application_name: 'muster',
      types,
      onConnect: prepareConnection,
    })
    // A connection that breaks while idle (a database restart, say) is dropped; the next query opens another.
    made.on('error', (cause) => logger().warn({ err: cause }, 'idle database connection lost'))
    made.on('connect', survive)
    return made
  })
}

/**
 * A plan is kept for as long as PostgreSQL takes its statistics for good: one made while a table was nearly empty would read
 * it whole when it is large. Every statement here has an index to answer from, so nothing is lost by always taking it.
 */
const FROM_INDEXES = 'SET max_parallel_workers_per_gather = 0; SET enable_seqscan = off'

async function prepareConnection(client: pg.ClientBase): Promise<void> {
  await client.query(
    `${FROM_INDEXES}; SET statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET lock_timeout = ${LOCK_TIMEOUT_MS};
     SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
  )
}

/** Starting parallel workers costs more than they save here, and lets one statement take every core. */
export async function withoutWorkers(client: pg.ClientBase): Promise<void> {
  await client.query('SET max_parallel_workers_per_gather = 0')
}

/**
 * A connection that breaks between two statements of a transaction tells it as an event, which would end the process
 * if nobody listened. The next statement on it fails, and that is what the transaction's owner sees.
 */
export function survive(client: pg.ClientBase): void {
  client.on('error', (cause) => logger().warn({ err: cause }, 'database connection lost'))
}

export async function closePool(): Promise<void> {
  const closing = pool()
  forget('pool')
  forget('prisma')
  await closing.end()
}

/** What a statement can run on: the pool, or the connection of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>

/**
 * SQL: equals one of a list that comes as parameter `$n`, an array of `type`. The planner does not see through the
 * sub-select: it would take a list of one for so much cheaper than a list of any length that it planned the statement
 * anew at each execution, which costs several times the execution.
 */
export function anyOf(parameter: string, type: string): string {
  return `= ANY (${hidden(parameter, type)}::${type}[])`
}

/** SQL: rows from lists of the same length, one parameter a column from `$1`, for a FROM clause; planned once as well. */
export function unnested(...types: string[]): string {
  return `unnest(${types.map((type, i) => hidden(`$${i + 1}`, type)).join(', ')})`
}

/**
 * SQL, for a WHERE: a condition that always holds (`LOOKS_DEAR` as parameter `$n`), and keeps a statement planned once.
 * PostgreSQL plans for the given values again and again while that looks cheaper on average than the plan for any values
 * looked when it was made; once its tables were vacuumed or grew, it may for good, and the planning of a short statement takes
 * longer than the rest of it. Here the values given ask for a million numbers, which nobody counts: the filter is false.
 */
export function plannedOnce(parameter: string): string {
  return `(SELECT n FROM generate_series(1, ${parameter}::int) n WHERE (SELECT false)) IS NULL`
}
export const LOOKS_DEAR = 1_000_000

const hidden = (parameter: string, type: string) => `(SELECT ${parameter}::${type}[])`

/**
 * Runs a prepared statement: parsed and planned once per connection under its name.
 * Names are unique per text; a changed text needs a changed name.
 */
export function prepared<Row extends pg.QueryResultRow>(
  on: Queryable,
  name: string,
  sql: string,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  const query = new PreparedQuery({ name, text: sql, values })
  return new Promise<pg.QueryResult<Row>>((resolve, reject) => {
    const answer = (cause: Error | undefined, result: pg.QueryResult<Row>) =>
      cause ? reject(cause) : resolve(result)
    Reflect.apply(on.query, on, [query, undefined, answer])
  }).catch((cause) => {
    // Who asked, instead of the socket that the error came from.
    Error.captureStackTrace(cause)
    throw cause
  })
}

/** The same for a long result, of which no list is made: `take` gets each row while PostgreSQL makes the next. */
export function preparedRows<Row extends pg.QueryResultRow>(
  on: pg.ClientBase,
  name: string,
  sql: string,
  values: unknown[],
  take: (row: Row) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query<Row>({ name, text: sql, values })
    query.on('row', take).on('error', reject)
    query.on('end', () => resolve())
    on.query(query)
  })
}
