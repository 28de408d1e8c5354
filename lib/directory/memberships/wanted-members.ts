import { isUuid } from '#lib/platform/ids'
import type { GroupMember } from '#lib/scim/patch/read-members'
import { keyOfMember } from './member-change.ts'

/** How many members are looked at in one step. */
const STEP = 5_000

/**
 * The values of members that may be ids of ours, as PostgreSQL's array literal, and the members whose values cannot be. In
 * steps: to make a hundred thousand into one text takes tens of milliseconds.
 */
export function* sortWanted(
  members: readonly GroupMember[],
): Generator<undefined, { ids: string; foreign: GroupMember[] }> {
  const parts: string[] = []
  const foreign: GroupMember[] = []
  for (let at = 0; at < members.length; at += STEP) {
    const ids: string[] = []
    for (const member of members.slice(at, at + STEP))
      if (isUuid(member.value)) ids.push(member.value)
      else foreign.push(member)
    if (ids.length > 0) parts.push(ids.join(','))
    if (at + STEP < members.length) yield
  }
  return { ids: `{${parts.join(',')}}`, foreign }
}

/** The members with these keys, each once: as it was named last. */
export function* membersOfKeys(
  members: readonly GroupMember[],
  keys: ReadonlySet<string>,
): Generator<undefined, GroupMember[]> {
  const found = new Map<string, GroupMember>()
  for (const [i, member] of members.entries()) {
    const key = keyOfMember(member.value)
    if (keys.has(key)) found.set(key, member)
    if (i % STEP === STEP - 1) yield
  }
  return [...found.values()]
}
