import { pool, prepared } from '#lib/db/pool'
import type { PushState } from '../push-status.ts'
import { PUSH_COLUMNS, type PushRow, pushStateOf } from './group-facts.ts'

/** A group whose push did not come through whole: it failed, or named people whom Muster does not have. */
export type GroupInNeed = {
  id: string
  displayName: string
  push: PushState
  unresolved: number
  exchangeId: string | undefined
}

const EACH = 6

const IN_NEED = `
  SELECT g.id, g.display_name, ${PUSH_COLUMNS} FROM (
    (SELECT * FROM directory_group WHERE team_id = $1 AND push_error_at IS NOT NULL ORDER BY push_error_at DESC LIMIT ${EACH})
    UNION
    (SELECT d.* FROM directory_group d JOIN (
       SELECT group_id, max(added_at) AS at FROM (SELECT group_id, added_at FROM unresolved_member WHERE team_id = $1 LIMIT 10000) r
       GROUP BY group_id ORDER BY 2 DESC LIMIT ${EACH}) u ON d.team_id = $1 AND d.id = u.group_id)
  ) g LEFT JOIN connection c ON c.team_id = g.team_id AND c.id = g.managed_by
  ORDER BY g.push_error_at DESC NULLS LAST, g.name_key`

/** The groups that somebody should look at: those in Error first, the newest first, then those with unresolved members. */
export async function groupsInNeed(teamId: string, now: number): Promise<GroupInNeed[]> {
  const { rows } = await prepared<PushRow & { id: string; display_name: string }>(
    pool(),
    'groups-in-need',
    IN_NEED,
    [teamId],
  )
  return rows.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    push: pushStateOf(row, now),
    unresolved: row.unresolved_count,
    exchangeId: row.push_error_exchange_id ?? undefined,
  }))
}
