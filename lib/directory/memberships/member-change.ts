import type { GroupMember } from '#lib/scim/patch/read-members'
import type { MembershipStep } from '#lib/scim/patch/split-membership-ops'

/**
 * What a request does to a group's membership, as one difference: `change` adds and removes, and a value is in at most
 * one of the two; `set` makes it exactly `members`, of whom one may be named twice: the last counts.
 */
export type MemberChange =
  | { kind: 'change'; add: Map<string, GroupMember>; remove: Set<string> }
  | { kind: 'set'; members: readonly GroupMember[] }

export function setMembers(members: readonly GroupMember[]): MemberChange {
  return { kind: 'set', members }
}

type PlainStep = Exclude<MembershipStep, { kind: 'removeWhere' }>

/** Sums up the steps of a PATCH, in their order: the last word on a member counts. */
export function memberChangeOf(steps: readonly PlainStep[]): MemberChange {
  const whole = steps.findLastIndex(({ kind }) => kind === 'replace' || kind === 'removeAll')
  const first = steps[whole]
  const start = first?.kind === 'replace' ? first.members : []
  const later = steps.slice(whole + 1)
  if (first && later.length === 0) return setMembers(start)
  const add = new Map(start.map((member) => [keyOfMember(member.value), member]))
  const remove = new Set<string>()
  for (const step of later) {
    if (step.kind === 'add')
      for (const member of step.members) {
        const key = keyOfMember(member.value)
        add.set(key, member)
        remove.delete(key)
      }
    else if (step.kind === 'remove')
      for (const value of step.values) {
        const key = keyOfMember(value)
        add.delete(key)
        remove.add(key)
      }
  }
  return first ? setMembers([...add.values()]) : { kind: 'change', add, remove }
}

/** UUIDs have no case (RFC 9562 §4); PostgreSQL writes them in lower case. */
export function keyOfMember(value: string): string {
  return value.toLowerCase()
}
