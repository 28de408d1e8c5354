import { setTimeout as delay } from 'node:timers/promises'
import { pool } from '#lib/db/pool'
import { type Counted, TABLES } from './block-sql.ts'

const PATIENCE_MS = 2_000

const WRITERS = `
  SELECT l.virtualtransaction AS id FROM pg_locks l
  WHERE l.locktype = 'relation' AND l.relation = $1::regclass AND l.mode = 'RowExclusiveLock'
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`

/**
 * The number below which no transaction can still bring a row: numbers are taken in order, but transactions commit in
 * any. Whoever took one holds the table's lock until it ends, so those that hold it now are waited for, not those that
 * come later; nobody waits for this. Undefined when one of them goes on for longer than two seconds.
 */
export async function settledSeq(resource: Counted): Promise<number | undefined> {
  const { table } = TABLES[resource]
  // The sequence first, the writers after it: one that is not among them takes a higher number.
  const { rows } = await pool().query<{ next: number }>(
    `SELECT last_value + is_called::int AS next FROM ${table}_seq_seq`,
  )
  return (await withoutWriters(resource)) ? rows[0]?.next : undefined
}

/** Waits until every transaction that writes to the table now has ended. False when one goes on for too long. */
export async function withoutWriters(resource: Counted): Promise<boolean> {
  const { table } = TABLES[resource]
  const writers = async () => (await pool().query<{ id: string }>(WRITERS, [table])).rows.map((row) => row.id)
  let waitedFor = await writers()
  const until = Date.now() + PATIENCE_MS
  for (let pause = 2; waitedFor.length > 0; pause = Math.min(pause * 2, 100)) {
    if (Date.now() > until) return false
    await delay(pause)
    const now = new Set(await writers())
    waitedFor = waitedFor.filter((id) => now.has(id))
  }
  return true
}
