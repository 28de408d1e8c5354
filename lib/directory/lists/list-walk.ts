import { pool, prepared } from '#lib/db/pool'

/** A total of many hits is counted again after so long, not for every page. */
const RECOUNT_AFTER = '10 seconds'
const FORGET_AFTER = '10 minutes'

/** `after`: the place of the last row that was shown. */
export type Walk = { after: number | string; total: number; fresh: boolean }
type Row = { after_seq: number | null; after_id: string | null; total: number; fresh: boolean }
/** `by`: what the list goes by. */
export type Walker = { teamId: string; connectionId: string; list: string; by: 'seq' | 'id' }

const FIND = `
  SELECT after_seq, after_id, total, counted_at > now() - interval '${RECOUNT_AFTER}' AS fresh FROM list_walk
  WHERE team_id = $1 AND connection_id = $2 AND list = $3 AND next_index = $4::bigint AND at > now() - interval '${FORGET_AFTER}'`

const KEEP = `
  INSERT INTO list_walk AS w (team_id, connection_id, list, next_index, after_seq, total, counted_at, at, after_id)
  VALUES ($1, $2, $3, $4, $5, $6, now(), now(), $8)
  ON CONFLICT (team_id, connection_id, list) DO UPDATE SET next_index = $4, after_seq = $5, after_id = $8, total = $6, at = now(),
    counted_at = CASE WHEN $7::bool THEN now() ELSE w.counted_at END`

/**
 * Where the connection's last page of this list ended, if the one that begins at `startIndex` comes right after it. Row
 * numbers shift when rows before them go: a walk that goes on behind the last row it saw misses and repeats nobody.
 */
export async function findWalk(walker: Walker, startIndex: number): Promise<Walk | undefined> {
  const values = [walker.teamId, walker.connectionId, walker.list, startIndex]
  const { rows } = await prepared<Row>(pool(), 'find-walk', FIND, values)
  const [row] = rows
  const after = walker.by === 'id' ? row?.after_id : row?.after_seq
  return row && after ? { after, total: row.total, fresh: row.fresh } : undefined
}

/** Remembers where a page ended, while there is more behind it. */
export async function keepWalk(
  walker: Walker,
  next: { index: number; after: number | string; total: number; counted: boolean },
): Promise<void> {
  const { teamId, connectionId, list } = walker
  const [seq, id] = typeof next.after === 'number' ? [next.after, null] : [null, next.after]
  const values = [teamId, connectionId, list, next.index, seq, next.total, next.counted, id]
  await prepared(pool(), 'keep-walk', KEEP, values)
}

/** Walks that ended long ago. */
export async function forgetWalks(): Promise<void> {
  await pool().query(`DELETE FROM list_walk WHERE at < now() - interval '1 hour'`)
}
