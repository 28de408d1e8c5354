import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { pool } from './pool.ts'

/**
 * Serialization failure, deadlock, or a foreign key whose row was there when it was looked for and gone when it was
 * written: the statement or transaction did nothing and may simply be run again.
 */
const RETRYABLE = new Set(['40001', '40P01', '23503'])
const ATTEMPTS = 10
/** Longer from attempt to attempt, and never the same for two that met. */
const PAUSE_MS = 10

/** Thrown by a transaction that finds that what it began with has changed meanwhile: it is rolled back and run again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
  readonly code = '40001'
}

/** Runs work that others may overtake, again when they did; it must have no effect outside the database. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (cause) {
      if (attempt === ATTEMPTS || !RETRYABLE.has((cause as { code?: string }).code ?? '')) throw cause
      await delay(Math.random() * PAUSE_MS * attempt)
    }
  }
}

/**
 * Runs `work` in one transaction: all of it, or none. A deadlock is retried (the work must have no effect outside the
 * database). The connection is destroyed when it cannot be rolled back, so that no half-done one returns to the pool.
 */
export function inTransaction<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  return retrying(() => once(work, 'BEGIN'))
}

/** The same for work of the house, which nobody waits for and which may take as long as it takes: its statements are not timed. */
export function inLongTransaction<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  return retrying(() => once(work, 'BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0'))
}

/** Several reads of one and the same state. */
export function inSnapshot<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  return once(work, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
}

async function once<T>(work: (tx: pg.PoolClient) => Promise<T>, begin: string): Promise<T> {
  const tx = await pool().connect()
  let broken: Error | undefined
  try {
    await tx.query(begin)
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
