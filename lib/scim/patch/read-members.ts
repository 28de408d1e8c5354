import { isObject, kindOf, own, ownIgnoringCase } from '../json-value.ts'
import { shorten } from '../note.ts'
import { ScimError } from '../scim-error.ts'

/** A member of a group as a client names it. `display` is what the client calls it; the server need not believe it. */
export type GroupMember = {
  readonly value: string
  readonly display?: string
  readonly type?: 'User' | 'Group'
}

/** Most members named in one request. */
const MAX_MEMBERS = 100_000

/** Longest member value; ids of ours are UUIDs, foreign ones are kept as unresolved. */
const MAX_MEMBER_VALUE_LENGTH = 512

/**
 * The `members` of a group in a POST or PUT body: undefined when the body does not speak of them (missing or null:
 * Okta means "unchanged"), an empty array when it empties them. The key has no case.
 */
export function readMembersOf(body: unknown): GroupMember[] | undefined {
  if (!isObject(body)) return undefined
  const members = ownIgnoringCase(body, 'members')
  return members === undefined || members === null ? undefined : readMemberList(members)
}

/** Members as they are named; of one named twice the last counts. Throws ScimError 400 `invalidValue`, 413. */
export function readMemberList(value: unknown): GroupMember[] {
  const list = Array.isArray(value) ? value : [value]
  if (list.length > MAX_MEMBERS) {
    throw new ScimError(
      413,
      undefined,
      `${list.length} members in one request; at most ${MAX_MEMBERS} are accepted.`,
    )
  }
  return list.map(readMember)
}

function readMember(one: unknown): GroupMember {
  if (typeof one === 'string') return { value: readMemberValue(one) }
  if (!isObject(one)) throw invalid(`A member must be an object with a "value"; it was ${kindOf(one)}.`)
  const value = readMemberValue(Object.hasOwn(one, 'value') ? one.value : ownIgnoringCase(one, 'value'))
  // Okta names no more than the id; of a hundred thousand members no copies are made.
  if (one.value === value && Object.keys(one).length === 1) return one as GroupMember
  const member: { value: string; display?: string; type?: 'User' | 'Group' } = { value }
  const display = own(one, 'display')
  if (typeof display === 'string' && display !== '' && display.length <= 1024 && isStorable(display))
    member.display = display
  const type = own(one, 'type')
  if (typeof type === 'string') {
    const lower = type.toLowerCase()
    if (lower === 'user') member.type = 'User'
    else if (lower === 'group') member.type = 'Group'
  }
  return member
}

export function readMemberValue(value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw invalid(`members.value must be a string, the member's id; it was ${kindOf(value)}.`)
  if (value.length > MAX_MEMBER_VALUE_LENGTH || !isStorable(value)) {
    throw invalid(
      `members.value ${shorten(value)} is not an id: at most ${MAX_MEMBER_VALUE_LENGTH} characters, no NUL.`,
    )
  }
  return value
}

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

function invalid(detail: string): ScimError {
  return new ScimError(400, 'invalidValue', detail)
}
