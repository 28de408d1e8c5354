import { type PushState, pushState } from '../push-status.ts'

/** The columns of `directory_group g` and `connection c` that tell a group's push status. */
export const PUSH_COLUMNS = `g.created_at, g.last_push_at, g.last_membership_at, g.push_error_at, g.push_error_status, g.push_error,
  g.push_error_exchange_id, g.last_push_exchange_id, g.member_count, c.id AS connection_id, c.name AS connection_name,
  c.disconnected_at IS NULL AS connection_live,
  (SELECT count(*)::int FROM unresolved_member r WHERE r.team_id = g.team_id AND r.group_id = g.id) AS unresolved_count`

export type PushRow = {
  created_at: Date
  last_push_at: Date | null
  last_membership_at: Date | null
  push_error_at: Date | null
  push_error_status: number | null
  push_error: string | null
  push_error_exchange_id: string | null
  last_push_exchange_id: string | null
  member_count: number
  connection_id: string | null
  connection_name: string | null
  connection_live: boolean
  unresolved_count: number
}

export function pushStateOf(row: PushRow, now: number): PushState {
  return pushState(
    {
      createdAt: row.created_at.getTime(),
      connection: row.connection_id
        ? { live: row.connection_live, name: row.connection_name ?? '' }
        : undefined,
      lastPushAt: row.last_push_at?.getTime(),
      lastMembershipAt: row.last_membership_at?.getTime(),
      error: row.push_error_at
        ? {
            at: row.push_error_at.getTime(),
            status: row.push_error_status ?? 500,
            detail: row.push_error ?? '',
          }
        : undefined,
      unresolved: row.unresolved_count,
      memberCount: row.member_count,
    },
    now,
  )
}
