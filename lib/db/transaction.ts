import type pg from 'pg'
import { pool } from './pool.ts'

/** Serialization failure, deadlock: the transaction did nothing and may simply be run again. */
const RETRYABLE = new Set(['40001', '40P01'])
const ATTEMPTS = 4

/**
 * Runs `work` in one transaction: all of it, or none. A deadlock is retried (the work must have no effect outside the
 * database). The connection is destroyed when it cannot be rolled back, so that no half-done one returns to the pool.
 */
export async function inTransaction<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(work)
    } catch (cause) {
      if (attempt === ATTEMPTS || !RETRYABLE.has((cause as { code?: string }).code ?? '')) throw cause
    }
  }
}

async function once<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool().connect()
  let broken: Error | undefined
  try {
    await tx.query('BEGIN')
    const result = await work(tx)
    await tx.query('COMMIT')
    return result
  } catch (cause) {
    await tx.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw cause
  } finally {
    tx.release(broken)
  }
}
