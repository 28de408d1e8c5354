import type { PoolClient } from 'pg'
import { prepared } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { stepByStep } from '#lib/platform/step-by-step'
import type { GroupMember } from '#lib/scim/patch/read-members'
import { uuidArray } from '../write.ts'
import {
  ADD_AND_REMOVE_USERS,
  CHANGE_GROUPS,
  CHANGE_UNRESOLVED,
  type DifferenceRow,
  SET_USERS,
} from './difference-sql.ts'
import { keyOfMember, type MemberChange } from './member-change.ts'
import { membersOfKeys, sortWanted } from './wanted-members.ts'

/** What really changed; ids, at most the first hundred of each, and the counts. */
export type MemberDifference = {
  added: string[]
  removed: string[]
  addedCount: number
  removedCount: number
  unresolved: string[]
}

type Circumstances = { teamId: string; groupId: string; at: Date; exchangeId: string | null }

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
  const whole = change.kind === 'set'
  const wanted = whole ? change.members : [...change.add.values()]
  const remove = whole ? [] : [...change.remove]
  const removeIds = uuidArray(remove.filter(isUuid))
  const { ids, foreign } = await stepByStep(sortWanted(wanted))
  const { teamId, groupId, at, exchangeId } = where
  const users = [teamId, groupId, ids, at, exchangeId]
  const { rows } = await (whole
    ? prepared<UsersRow>(tx, 'set-users', SET_USERS, users)
    : prepared<UsersRow>(tx, 'change-users', ADD_AND_REMOVE_USERS, [...users, removeIds]))
  const difference: MemberDifference = { ...counts(rows[0]), unresolved: [] }
  const others = rows[0]?.others?.split(',') ?? []
  const groups = others.length === 0 ? [] : await knownGroups(tx, where, others)
  const unknown = await unknownOf(wanted, others, groups, foreign)
  if (groups.length > 0 || remove.length > 0 || whole) {
    const values = [teamId, groupId, uuidArray(groups), removeIds, at, whole, exchangeId]
    const nested = await prepared<DifferenceRow>(tx, 'change-groups', CHANGE_GROUPS, values)
    addCounts(difference, nested.rows[0])
  }
  if (unknown.length > 0 || remove.length > 0 || whole) {
    const values = unknown.map((member) => member.value)
    const displays = unknown.map((member) => member.display ?? null)
    const kept = await prepared<DifferenceRow>(tx, 'change-unresolved', CHANGE_UNRESOLVED, [
      teamId,
      groupId,
      values,
      remove,
      at,
      whole,
      exchangeId,
      displays,
    ])
    difference.unresolved = kept.rows[0]?.added ?? []
  }
  return difference
}

/** `others`: which of the wanted are no users. */
type UsersRow = DifferenceRow & { others: string | null }

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

const KNOWN_GROUPS =
  'SELECT g.id FROM directory_group g WHERE g.team_id = $1 AND g.id = ANY ($2::uuid[]) AND g.system IS NULL'

/** Which of these ids are groups'. A group never contains itself. */
async function knownGroups(tx: PoolClient, where: Circumstances, ids: string[]): Promise<string[]> {
  const { rows } = await prepared<{ id: string }>(tx, 'known-groups', KNOWN_GROUPS, [
    where.teamId,
    uuidArray(ids),
  ])
  return rows.map((row) => row.id).filter((id) => id !== where.groupId)
}

/** The members that nobody here knows, each once. */
async function unknownOf(
  wanted: readonly GroupMember[],
  others: readonly string[],
  groups: readonly string[],
  foreign: readonly GroupMember[],
): Promise<GroupMember[]> {
  const keys = new Set([...others, ...foreign.map((member) => keyOfMember(member.value))])
  for (const id of groups) keys.delete(id)
  return keys.size === 0 ? [] : await stepByStep(membersOfKeys(wanted, keys))
}
