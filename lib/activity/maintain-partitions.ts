import type { Queryable } from '#lib/db/pool'
import { inLongTransaction } from '#lib/db/transaction'
import { firstIdAt } from '#lib/platform/ids'
import { EXCHANGE_COLUMNS } from './exchange-sql.ts'

export const WEEK_MS = 7 * 86_400_000
const WEEKS_AHEAD = 2
const LOCK = 7_405_926
const NAME = /^exchange_(\d{8})$/
/** The columns of indexes. What the others hold is never estimated, and gathering it takes PostgreSQL most of an ANALYZE. */
const ESTIMATED = new Set(['team_id', 'id', 'connection_id', 'resource_id', 'status'])

/**
 * Makes the weekly partitions of `exchange` up to two weeks ahead, and drops those whose last day is older than the
 * retention: whole, without deleting rows. Several processes may ask at once; one does it. A week that already has rows in
 * the default partition stays there.
 */
export async function maintainPartitions(
  now: number,
  retentionDays: number,
): Promise<{ made: string[]; dropped: string[] }> {
  const made: string[] = []
  const dropped: string[] = []
  await inLongTransaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    const { rows } = await tx.query<{ relname: string }>(
      `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'partitions' AND c.relkind = 'r'`,
    )
    const names = new Set(rows.map((row) => row.relname))
    const first = Math.floor(now / WEEK_MS) * WEEK_MS
    for (let week = 0; week <= WEEKS_AHEAD; week++) {
      const from = first + week * WEEK_MS
      if (names.has(nameOf(from))) continue
      const taken = await tx.query(
        'SELECT 1 FROM partitions.exchange_default WHERE id >= $1::uuid AND id < $2::uuid LIMIT 1',
        [firstIdAt(from), firstIdAt(from + WEEK_MS)],
      )
      if (!taken.rowCount) made.push(await createPartition(tx, from))
    }
    const oldest = now - retentionDays * 86_400_000
    for (const name of names) {
      const day = NAME.exec(name)?.[1]
      if (
        !day ||
        Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`) + WEEK_MS > oldest
      )
        continue
      await tx.query(`DROP TABLE partitions.${name}`)
      dropped.push(name)
    }
    await tx.query('DELETE FROM partitions.exchange_default WHERE id < $1::uuid', [firstIdAt(oldest)])
  })
  return { made, dropped }
}

/** Makes the partition of the week that begins at `from`, milliseconds since 1970. */
export async function createPartition(on: Queryable, from: number): Promise<string> {
  const name = nameOf(from)
  // Identifiers and bounds are made of digits and hexadecimal only.
  const unestimated = EXCHANGE_COLUMNS.filter((column) => !ESTIMATED.has(column))
  await (on as { query(sql: string): Promise<unknown> }).query(
    `CREATE TABLE partitions.${name} PARTITION OF exchange FOR VALUES FROM ('${firstIdAt(from)}') TO ('${firstIdAt(from + WEEK_MS)}');
     ALTER TABLE partitions.${name} ${unestimated.map((column) => `ALTER COLUMN ${column} SET STATISTICS 0`).join(', ')}`,
  )
  return name
}

function nameOf(weekStart: number): string {
  return `exchange_${new Date(weekStart).toISOString().slice(0, 10).replaceAll('-', '')}`
}
