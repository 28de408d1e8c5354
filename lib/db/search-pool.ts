import pg from 'pg'
import { env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import { pool } from './pool.ts'

/** How long a search that no index answers may take. */
export const SEARCH_TIMEOUT_MS = 5_000
const CONNECTIONS = 2
const QUERY_CANCELED = '57014'

/**
 * Two connections apart from the pool, each statement on them bounded in time: searches whose cost a client chooses run
 * here, so that they wait for each other and never for, or before, anything else.
 */
function searchPool(): pg.Pool {
  return singleton('search-pool', () => {
    const made = new pg.Pool({
      connectionString: process.env.DATABASE_URL ?? env().DATABASE_URL,
      max: CONNECTIONS,
      statement_timeout: SEARCH_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 3 * SEARCH_TIMEOUT_MS,
      application_name: 'muster search',
      types: (pool() as unknown as { options: pg.PoolConfig }).options.types,
    })
    made.on('error', (cause) => logger().warn({ err: cause }, 'idle search connection lost'))
    return made
  })
}

/** Runs a bounded search. Throws SearchTooSlow when it took longer than SEARCH_TIMEOUT_MS. */
export async function search<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  try {
    return await searchPool().query<Row>(sql, values)
  } catch (cause) {
    if ((cause as { code?: string }).code === QUERY_CANCELED) throw new SearchTooSlow()
    throw cause
  }
}

export class SearchTooSlow extends Error {
  override readonly name = 'SearchTooSlow'
}

export async function closeSearchPool(): Promise<void> {
  await searchPool().end()
}
