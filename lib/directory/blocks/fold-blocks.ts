import { pool } from '#lib/db/pool'
import { inLongTransaction } from '#lib/db/transaction'
import { type Counted, TABLES } from './block-sql.ts'
import { settledSeq, withoutWriters } from './settled-seq.ts'

export const BLOCK_ROWS = 1_000
/** As many blocks are counted on the fly, each by one look into an index, before it is worth writing their number down. */
export const UNCOUNTED_BLOCKS = 50

/** The other side of the triggers directory_user_left and directory_group_left. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('muster.blocks.' || $2 || '.' || $1::uuid, 0))`

/** The last block is done again while it is not full. $3: where numbers are settled. */
const foldSql = (resource: Counted) => `
  WITH last AS (
    SELECT CASE WHEN rows < ${BLOCK_ROWS} THEN block ELSE upto END AS low FROM directory_block
    WHERE team_id = $1 AND resource = $2 ORDER BY block DESC LIMIT 1
  ), low AS (SELECT coalesce((SELECT low FROM last), 0) AS seq),
  fresh AS (
    SELECT r.seq, (row_number() OVER (ORDER BY r.seq) - 1) / ${BLOCK_ROWS} AS part FROM ${TABLES[resource].table} r
    WHERE ${TABLES[resource].rows} AND r.seq >= (SELECT seq FROM low) AND r.seq < $3
  ), parts AS (
    SELECT part, CASE WHEN part = 0 THEN (SELECT seq FROM low) ELSE min(seq) END AS block, count(*)::int AS rows FROM fresh GROUP BY part
  )
  INSERT INTO directory_block AS b (team_id, resource, block, upto, rows, inactive)
  SELECT $1, $2, block, lead(block, 1, $3::bigint) OVER (ORDER BY part), rows, NULL FROM parts
  ON CONFLICT (team_id, resource, block) DO UPDATE SET upto = excluded.upto, rows = excluded.rows, inactive = NULL`

const PRUNE = `
  DELETE FROM directory_block b WHERE b.team_id = $1 AND b.resource = $2 AND b.rows = 0
    AND b.block < (SELECT max(c.block) FROM directory_block c WHERE c.team_id = $1 AND c.resource = $2)`

const MARK_UNCOUNTED = `
  UPDATE directory_block SET inactive = -1 WHERE team_id = $1 AND resource = 'User' AND inactive IS NULL`

const COUNT_MARKED = `
  UPDATE directory_block b SET inactive = (
    SELECT count(*) FROM directory_user u WHERE u.team_id = $1 AND NOT u.active AND u.seq >= b.block AND u.seq < b.upto)
  WHERE b.team_id = $1 AND b.resource = 'User' AND b.inactive = -1`

/**
 * Counts a team's new users or groups into blocks, so that totals and deep pages cost what a thousand blocks cost.
 * Creating a user has no part in it: only rows are counted whose numbers are settled. Safe beside writers and beside
 * itself on other processes. Returns whether everything settled could be counted.
 */
export async function foldBlocks(teamId: string, resource: Counted): Promise<boolean> {
  const settled = await settledSeq(resource)
  if (settled === undefined) return false
  await inLongTransaction(async (tx) => {
    await tx.query(LOCK, [teamId, resource])
    await tx.query(foldSql(resource), [teamId, resource, settled])
    await tx.query(PRUNE, [teamId, resource])
  })
  return resource === 'Group' || countDeactivatedOfBlocks(teamId)
}

/**
 * A mark, then the count: whoever switches a user on or off after the mark takes it away again, and whoever did so
 * before has ended when the count begins.
 */
async function countDeactivatedOfBlocks(teamId: string): Promise<boolean> {
  const { rows } = await pool().query<{ n: number }>(
    `SELECT count(*) AS n FROM directory_block WHERE team_id = $1 AND resource = 'User' AND (inactive IS NULL OR inactive < 0)`,
    [teamId],
  )
  if ((rows[0]?.n ?? 0) <= UNCOUNTED_BLOCKS) return true
  await pool().query(MARK_UNCOUNTED, [teamId])
  if (!(await withoutWriters('User'))) return false
  await inLongTransaction((tx) => tx.query(COUNT_MARKED, [teamId]))
  return true
}
