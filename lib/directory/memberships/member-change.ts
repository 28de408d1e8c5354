import type { GroupMember } from '#lib/scim/patch/read-members'
import type { MembershipStep } from '#lib/scim/patch/split-membership-ops'

/**
 * What a request does to a group's membership, as one difference: `change` adds and removes, `set` makes it exactly
 * `members`. A value is in at most one of the two maps.
 */
export type MemberChange =
  | { kind: 'change'; add: Map<string, GroupMember>; remove: Set<string> }
  | { kind: 'set'; members: Map<string, GroupMember> }

export function setMembers(members: readonly GroupMember[]): MemberChange {
  return { kind: 'set', members: new Map(members.map((member) => [keyOfMember(member.value), member])) }
}

/** Sums up the steps of a PATCH, in their order: the last word on a member counts. */
export function memberChangeOf(
  steps: readonly Exclude<MembershipStep, { kind: 'removeWhere' }>[],
): MemberChange {
  let sum: MemberChange = { kind: 'change', add: new Map(), remove: new Set() }
  for (const step of steps) {
    if (step.kind === 'replace') sum = setMembers(step.members)
    else if (step.kind === 'removeAll') sum = setMembers([])
    else if (step.kind === 'add') for (const member of step.members) addTo(sum, member)
    else for (const value of step.values) removeFrom(sum, value)
  }
  return sum
}

/** UUIDs have no case (RFC 9562 §4); PostgreSQL writes them in lower case. */
export function keyOfMember(value: string): string {
  return value.toLowerCase()
}

function addTo(sum: MemberChange, member: GroupMember): void {
  const key = keyOfMember(member.value)
  if (sum.kind === 'set') sum.members.set(key, member)
  else {
    sum.add.set(key, member)
    sum.remove.delete(key)
  }
}

function removeFrom(sum: MemberChange, value: string): void {
  const key = keyOfMember(value)
  if (sum.kind === 'set') sum.members.delete(key)
  else {
    sum.add.delete(key)
    sum.remove.add(key)
  }
}
