import { perRecorder } from '#lib/activity/recorder'
import { refused } from '#lib/db/gathered-writes'
import { permitOf, permitted } from '#lib/db/permit'
import { anyOf, LOOKS_DEAR, plannedOnce, pool, prepared } from '#lib/db/pool'
import { retrying } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { inTurn, inTurnTogether } from '#lib/platform/in-turn'
import { groupTurn, uuidArray, type Write } from '../write.ts'
import { changeUsersTogether } from './change-users-together.ts'
import { memberWords, SHOWN } from './member-words.ts'
import type { UsersChange } from './users-change.ts'

const RECORD = 9

/** What both single-statement changes do to the group itself: `n` holds how many rows changed, signed. */
const updateGroup = `
  UPDATE directory_group d SET member_count = d.member_count + n.delta, version = d.version + sign(abs(n.delta))::int,
    updated_at = CASE WHEN n.delta <> 0 THEN greatest(d.updated_at, $4::timestamptz) ELSE d.updated_at END,
    managed_by = coalesce($6::uuid, d.managed_by), last_push_at = CASE WHEN $6::uuid IS NULL THEN d.last_push_at ELSE $4 END,
    last_membership_at = $4, last_push_exchange_id = coalesce($5::uuid, d.last_push_exchange_id),
    push_error_at = NULL, push_error_status = NULL, push_error = NULL, push_error_exchange_id = NULL
  FROM fit, n WHERE d.team_id = $1 AND d.id = fit.id RETURNING d.version, d.display_name, n.delta`

const addMembersSql = perRecorder(
  (recorder) => `
  WITH permit AS MATERIALIZED (${permitOf('$7', '$4')}), g AS MATERIALIZED (
    SELECT d.id, d.managed_by FROM directory_group d, permit
    WHERE permit.good AND d.team_id = $1 AND d.id = $2 AND d.system IS NULL FOR NO KEY UPDATE OF d
  ), known AS MATERIALIZED (
    SELECT u.id FROM directory_user u WHERE u.team_id = $1 AND u.id ${anyOf('$3', 'uuid')}
  ), fit AS MATERIALIZED (
    SELECT g.id FROM g WHERE (SELECT count(*) FROM known) = cardinality($3::uuid[]) AND ($6::uuid IS NULL OR g.managed_by IS NOT NULL)
  ), new AS (
    INSERT INTO membership (team_id, group_id, user_id, added_at, exchange_id)
    SELECT $1, fit.id, known.id, $4, $5 FROM fit, known ON CONFLICT DO NOTHING RETURNING user_id
  ), n AS (SELECT count(*)::int AS delta FROM new),
  written AS (${updateGroup}),
  recorded AS (${recorder.insert(RECORD, 'FROM written', {
    resource_name: '(SELECT display_name FROM written)',
    summary: `(SELECT ${memberWords('add', 'delta', 'display_name')} FROM written)`,
    changes: `(SELECT jsonb_build_array(jsonb_build_object('path', 'members', 'after', jsonb_agg(user_id))) FROM (SELECT user_id FROM new LIMIT ${SHOWN}) shown)`,
  })})
  SELECT permit.good, written.version FROM permit LEFT JOIN written ON true WHERE ${plannedOnce('$8')}`,
)

const removeMembersSql = perRecorder(
  (recorder) => `
  WITH permit AS MATERIALIZED (${permitOf('$7', '$4')}), g AS MATERIALIZED (
    SELECT d.id, d.managed_by FROM directory_group d, permit
    WHERE permit.good AND d.team_id = $1 AND d.id = $2 AND d.system IS NULL FOR NO KEY UPDATE OF d
  ), fit AS MATERIALIZED (
    SELECT g.id FROM g WHERE ($6::uuid IS NULL OR g.managed_by IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM nested_group x WHERE x.team_id = $1 AND x.group_id = g.id)
      AND NOT EXISTS (SELECT 1 FROM unresolved_member x WHERE x.team_id = $1 AND x.group_id = g.id)
  ), gone AS (
    DELETE FROM membership m USING fit WHERE m.team_id = $1 AND m.group_id = fit.id AND m.user_id ${anyOf('$3', 'uuid')} RETURNING m.user_id, m.added_at
  ), ended AS (
    INSERT INTO membership_ended (team_id, id, group_id, user_id, added_at, ended_at, exchange_id)
    SELECT $1, gen_random_uuid(), $2, gone.user_id, gone.added_at, $4, $5 FROM gone
  ), n AS (SELECT -count(*)::int AS delta FROM gone),
  written AS (${updateGroup}),
  recorded AS (${recorder.insert(RECORD, 'FROM written', {
    resource_name: '(SELECT display_name FROM written)',
    summary: `(SELECT ${memberWords('remove', 'delta', 'display_name')} FROM written)`,
    changes: `(SELECT jsonb_build_array(jsonb_build_object('path', 'members', 'before', jsonb_agg(user_id))) FROM (SELECT user_id FROM gone LIMIT ${SHOWN}) shown)`,
  })})
  SELECT permit.good, written.version FROM permit LEFT JOIN written ON true WHERE ${plannedOnce('$8')}`,
)

/** No version: nothing was changed. */
type Changed = { good: boolean; version: number | null }

/**
 * Adds users to a managed group, or removes them, in one statement of constant size: lock, difference, count, version
 * and record; together with other requests of an identity provider that would have to wait for the group as well. Undefined
 * when the general way is needed: the group is not there or not yet managed, a member is no known user, or (for removals)
 * the group has nested or unresolved members. Throws what a void permit is refused with.
 */
export async function changeUsersOfGroup(
  write: Write,
  groupId: string,
  direction: 'add' | 'remove',
  userIds: string[],
): Promise<{ version: number } | undefined> {
  const deed = {
    action: 'group.members',
    summary: '',
    resource: { type: 'Group' as const, id: groupId, name: '' },
    status: 204,
  }
  const turn = groupTurn(write.teamId, groupId)
  const { version } = await permitted(write.permit, (token) => {
    const change = { write, groupId, userIds, token, deed }
    if (write.recorder.kind === 'event') return inTurn(turn, () => changeOne(direction, change))
    const kind = `${direction} ${write.connectionId} ${token}`
    return inTurnTogether(turn, kind, change, (changes) => changeSeveral(direction, changes))
  })
  if (version === null) return undefined
  write.recorder.done()
  announce(write.teamId, 'access')
  return { version }
}

async function changeOne(direction: 'add' | 'remove', change: UsersChange): Promise<Changed> {
  const { write, groupId, userIds, token, deed } = change
  const sql = (direction === 'add' ? addMembersSql : removeMembersSql)(write.recorder)
  const values = [
    write.teamId,
    groupId,
    uuidArray(userIds),
    new Date(write.now).toISOString(),
    write.recorder.exchangeId,
    write.connectionId,
    token,
    LOOKS_DEAR,
    ...write.recorder.values(deed),
  ]
  // A user may be deleted between being found and being added: then the statement did nothing, and finds out anew.
  const { rows } = await retrying(() =>
    prepared<Changed>(pool(), `${direction}-members-${write.recorder.kind}`, sql, values),
  )
  return rows[0] as Changed
}

/** In one statement; what PostgreSQL refuses so, one by one in their order, so that each gets the answer that is its own. */
async function changeSeveral(
  direction: 'add' | 'remove',
  changes: UsersChange[],
): Promise<PromiseSettledResult<Changed>[]> {
  if (changes.length > 1)
    try {
      const done = await retrying(() => changeUsersTogether(direction, changes))
      return done.map((value) => ({ status: 'fulfilled', value }))
    } catch (cause) {
      if (!refused(cause)) throw cause
    }
  const results: PromiseSettledResult<Changed>[] = []
  for (const change of changes) results.push(...(await Promise.allSettled([changeOne(direction, change)])))
  return results
}
