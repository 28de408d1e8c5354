import { pool } from '#lib/db/pool'
import { singleton } from '#lib/platform/singleton'
import { type Counted, TABLES } from './block-sql.ts'
import { BLOCK_ROWS, foldBlocks } from './fold-blocks.ts'

/** Teams with more than a block's rows behind their last block: one look into an index for each team. */
const grownSql = (resource: Counted) => `
  SELECT t.id FROM team t WHERE EXISTS (
    SELECT 1 FROM ${TABLES[resource].table} r WHERE r.team_id = t.id AND r.seq >= (
      SELECT coalesce(max(b.upto), 0) FROM directory_block b WHERE b.team_id = t.id AND b.resource = '${resource}')
    ORDER BY r.seq OFFSET ${BLOCK_ROWS} LIMIT 1)`

/**
 * Counts the directories that have grown since, of all teams. Costs one statement while no row was made anywhere; several
 * processes may do it at once, and then each finds less to do.
 */
export async function foldGrownBlocks(): Promise<void> {
  const seen = singleton('folded-up-to', () => new Map<Counted, number>())
  for (const resource of ['User', 'Group'] as const) {
    const { rows } = await pool().query<{ last_value: number }>(
      `SELECT last_value FROM ${TABLES[resource].table}_seq_seq`,
    )
    const last = rows[0]?.last_value ?? 0
    if (seen.get(resource) === last) continue
    const grown = await pool().query<{ id: string }>(grownSql(resource))
    let all = true
    for (const { id } of grown.rows) all = (await foldBlocks(id, resource)) && all
    if (all) seen.set(resource, last)
  }
}
