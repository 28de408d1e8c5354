import type { PoolClient } from 'pg'
import { prepared } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import type { GroupMember } from '#lib/scim/patch/read-members'
import { uuidArray } from '../write.ts'
import type { MemberChange } from './member-change.ts'

/** What really changed; ids, at most the first hundred of each, and the counts. */
export type MemberDifference = {
  added: string[]
  removed: string[]
  addedCount: number
  removedCount: number
  unresolved: string[]
}

type Circumstances = { teamId: string; groupId: string; at: Date; exchangeId: string | null }

const SHOWN = 100

/** One statement for both directions; arrays of ids that are known to be users. $6: also remove everybody else. */
const CHANGE_USERS = `
  WITH known AS (
    SELECT u.id FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY ($3::uuid[])
  ), gone AS (
    DELETE FROM membership m WHERE m.team_id = $1 AND m.group_id = $2
      AND (m.user_id = ANY ($4::uuid[]) OR ($6::bool AND NOT EXISTS (SELECT 1 FROM known WHERE known.id = m.user_id)))
    RETURNING m.user_id, m.added_at
  ), ended AS (
    INSERT INTO membership_ended (team_id, id, group_id, user_id, added_at, ended_at, exchange_id)
    SELECT $1, gen_random_uuid(), $2, gone.user_id, gone.added_at, $5, $7 FROM gone
  ), new AS (
    INSERT INTO membership (team_id, group_id, user_id, added_at, exchange_id)
    SELECT $1, $2, known.id, $5, $7 FROM known
    WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.team_id = $1 AND m.group_id = $2 AND m.user_id = known.id)
    ORDER BY known.id ON CONFLICT DO NOTHING RETURNING user_id
  )
  SELECT (SELECT count(*)::int FROM new) AS added_count, (SELECT count(*)::int FROM gone) AS removed_count,
    ARRAY(SELECT user_id::text FROM new LIMIT ${SHOWN}) AS added, ARRAY(SELECT user_id::text FROM gone LIMIT ${SHOWN}) AS removed`

const CHANGE_GROUPS = `
  WITH gone AS (
    DELETE FROM nested_group n WHERE n.team_id = $1 AND n.group_id = $2
      AND (n.member_group_id = ANY ($4::uuid[]) OR ($6::bool AND NOT n.member_group_id = ANY ($3::uuid[]))) RETURNING n.member_group_id
  ), new AS (
    INSERT INTO nested_group (team_id, group_id, member_group_id, added_at, exchange_id)
    SELECT $1, $2, id, $5, $7 FROM unnest($3::uuid[]) AS id ON CONFLICT DO NOTHING RETURNING member_group_id
  )
  SELECT (SELECT count(*)::int FROM new) AS added_count, (SELECT count(*)::int FROM gone) AS removed_count,
    ARRAY(SELECT member_group_id::text FROM new LIMIT ${SHOWN}) AS added, ARRAY(SELECT member_group_id::text FROM gone LIMIT ${SHOWN}) AS removed`

const CHANGE_UNRESOLVED = `
  WITH gone AS (
    DELETE FROM unresolved_member r WHERE r.team_id = $1 AND r.group_id = $2
      AND (r.value = ANY ($4::text[]) OR ($6::bool AND NOT r.value = ANY ($3::text[]))) RETURNING r.value
  ), new AS (
    INSERT INTO unresolved_member (team_id, group_id, value, display, added_at, exchange_id)
    SELECT $1, $2, value, display, $5, $7 FROM unnest($3::text[], $8::text[]) AS given (value, display) ON CONFLICT DO NOTHING RETURNING value
  )
  SELECT (SELECT count(*)::int FROM new) AS added_count, (SELECT count(*)::int FROM gone) AS removed_count,
    ARRAY(SELECT value FROM new LIMIT ${SHOWN}) AS added, ARRAY(SELECT value FROM gone LIMIT ${SHOWN}) AS removed`

type DifferenceRow = { added_count: number; removed_count: number; added: string[]; removed: string[] }

/**
 * Writes the difference that a change makes to a group's membership. The caller holds the group's row lock, and updates
 * its count and version by what comes back. Values that are neither a user nor a group of the team are kept as
 * unresolved: one unknown member is never a reason to refuse the rest (Okta does not retry a 400).
 */
export async function applyMemberChange(
  tx: PoolClient,
  where: Circumstances,
  change: MemberChange,
): Promise<MemberDifference> {
  const wanted = change.kind === 'set' ? change.members : change.add
  const remove = change.kind === 'set' ? [] : [...change.remove]
  const others = change.kind === 'set'
  const sorted = await sortMembers(tx, where, wanted)
  const removeIds = uuidArray(remove.filter(isUuid))
  const common = [where.at, others, where.exchangeId]
  const [at, rest, exchangeId] = common
  const users = await prepared<DifferenceRow>(tx, 'change-users', CHANGE_USERS, [
    where.teamId,
    where.groupId,
    uuidArray(sorted.users),
    removeIds,
    at,
    rest,
    exchangeId,
  ])
  const difference: MemberDifference = { ...counts(users.rows[0]), unresolved: [] }
  if (sorted.groups.length > 0 || remove.length > 0 || others) {
    const { rows } = await prepared<DifferenceRow>(tx, 'change-groups', CHANGE_GROUPS, [
      where.teamId,
      where.groupId,
      uuidArray(sorted.groups),
      removeIds,
      at,
      rest,
      exchangeId,
    ])
    addCounts(difference, rows[0])
  }
  if (sorted.unknown.length > 0 || remove.length > 0 || others) {
    const values = sorted.unknown.map((member) => member.value)
    const displays = sorted.unknown.map((member) => member.display ?? null)
    const { rows } = await prepared<DifferenceRow>(tx, 'change-unresolved', CHANGE_UNRESOLVED, [
      where.teamId,
      where.groupId,
      values,
      remove,
      at,
      rest,
      exchangeId,
      displays,
    ])
    difference.unresolved = rows[0]?.added ?? []
  }
  return difference
}

function counts(row: DifferenceRow | undefined): Omit<MemberDifference, 'unresolved'> {
  return {
    added: row?.added ?? [],
    removed: row?.removed ?? [],
    addedCount: row?.added_count ?? 0,
    removedCount: row?.removed_count ?? 0,
  }
}

function addCounts(difference: MemberDifference, row: DifferenceRow | undefined): void {
  difference.added.push(...(row?.added ?? []))
  difference.removed.push(...(row?.removed ?? []))
  difference.addedCount += row?.added_count ?? 0
  difference.removedCount += row?.removed_count ?? 0
}

const KNOWN_USERS = 'SELECT u.id FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY ($2::uuid[])'
const KNOWN_GROUPS =
  'SELECT g.id FROM directory_group g WHERE g.team_id = $1 AND g.id = ANY ($2::uuid[]) AND g.system IS NULL'

/** Which of the wanted members are users, which are groups, and which nobody here knows. A group never contains itself. */
async function sortMembers(
  tx: PoolClient,
  where: Circumstances,
  wanted: Map<string, GroupMember>,
): Promise<{ users: string[]; groups: string[]; unknown: GroupMember[] }> {
  const ids = [...wanted.keys()].filter(isUuid)
  const users = ids.length === 0 ? [] : await known(tx, 'known-users', KNOWN_USERS, where.teamId, ids)
  if (users.length === wanted.size) return { users, groups: [], unknown: [] }
  const found = new Set(users)
  const rest = ids.filter((id) => !found.has(id))
  const groups =
    rest.length === 0
      ? []
      : (await known(tx, 'known-groups', KNOWN_GROUPS, where.teamId, rest)).filter(
          (id) => id !== where.groupId,
        )
  for (const id of groups) found.add(id)
  return {
    users,
    groups,
    unknown: [...wanted].filter(([key]) => !found.has(key)).map(([, member]) => member),
  }
}

async function known(
  tx: PoolClient,
  name: string,
  sql: string,
  teamId: string,
  ids: string[],
): Promise<string[]> {
  const { rows } = await prepared<{ id: string }>(tx, name, sql, [teamId, uuidArray(ids)])
  return rows.map((row) => row.id)
}
