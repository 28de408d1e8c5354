import type { Filter } from '../filter/ast.ts'
import { resolveValueFilter } from '../filter/resolve-filter.ts'
import type { ResolvedFilter } from '../filter/resolved-filter.ts'
import { isObject, isUnassigned, type JsonObject } from '../json-value.ts'
import { addNote, type Note } from '../note.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import { standardDefinitions } from '../schema/resource-types.ts'
import { GROUP_SCHEMA } from '../schema/urns.ts'
import { ScimError } from '../scim-error.ts'
import { parsePatchPath } from './parse-patch-path.ts'
import type { PatchOperation } from './patch-operation.ts'
import { type GroupMember, readMemberList, readMemberValue } from './read-members.ts'

/** What a PATCH does to the membership of a group, in order; the member list itself is never needed. */
export type MembershipStep =
  | { readonly kind: 'add'; readonly members: readonly GroupMember[] }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  | { readonly kind: 'removeAll' }
  | { readonly kind: 'replace'; readonly members: readonly GroupMember[] }
  /** Members for which the filter holds: its attributes are sub-attributes of `members`. */
  | { readonly kind: 'removeWhere'; readonly filter: ResolvedFilter }

export type SplitOperations = {
  readonly steps: readonly MembershipStep[]
  /** The operations on other attributes, for applyPatch. */
  readonly rest: readonly PatchOperation[]
  readonly notes: readonly Note[]
}

const membersAttribute = standardDefinitions.Group.attributes.get('members') as Attribute

/**
 * Takes the operations on `members` out of a group's PATCH. Understood: `members[value eq "x"]`, several joined by
 * `or`, any other filter, a remove of `members` with a list of values (Entra), add and replace with and without a
 * path. `members: []` in a replace empties the group; a missing or null `members` says nothing about it.
 * Neighbouring steps of one kind are merged. Throws ScimError 400 `invalidPath`, `invalidValue`, `mutability`.
 */
export function splitMembershipOps(operations: readonly PatchOperation[]): SplitOperations {
  const steps: MembershipStep[] = []
  const rest: PatchOperation[] = []
  const notes: Note[] = []
  for (const operation of operations) {
    if (operation.path === undefined) splitWithoutPath(operation, steps, rest, notes)
    else if (!mentionsMembers(operation.path)) rest.push(operation)
    else splitPath(operation, operation.path, steps, rest, notes)
  }
  return { steps: mergeSteps(steps), rest, notes }
}

/** A cheap first look; parsePatchPath decides. */
function mentionsMembers(path: string): boolean {
  return path.toLowerCase().includes('members')
}

function isMembers(uri: string | undefined, name: string): boolean {
  return (
    name.toLowerCase() === 'members' &&
    (uri === undefined || uri.toLowerCase() === GROUP_SCHEMA.toLowerCase())
  )
}

function splitWithoutPath(
  operation: PatchOperation,
  steps: MembershipStep[],
  rest: PatchOperation[],
  notes: Note[],
): void {
  const value = operation.value
  if (!isObject(value)) {
    rest.push(operation)
    return
  }
  const others: { [key: string]: unknown } = {}
  let found = false
  for (const key of Object.keys(value)) {
    if (key === '__proto__') continue
    if (mentionsMembers(key) && isMembersKey(key)) {
      found = true
      splitPath({ op: operation.op, path: key, value: value[key] }, key, steps, rest, notes)
    } else {
      others[key] = value[key]
    }
  }
  if (!found) rest.push(operation)
  else if (Object.keys(others).length > 0) rest.push({ op: operation.op, path: undefined, value: others })
}

function isMembersKey(key: string): boolean {
  try {
    const { path } = parsePatchPath(key)
    return isMembers(path.uri, path.name)
  } catch {
    return false
  }
}

function splitPath(
  operation: PatchOperation,
  text: string,
  steps: MembershipStep[],
  rest: PatchOperation[],
  notes: Note[],
): void {
  const { path, filter } = parsePatchPath(text)
  if (!isMembers(path.uri, path.name)) {
    rest.push(operation)
    return
  }
  if (path.sub !== undefined && !(path.sub.toLowerCase() === 'value' && !filter)) {
    const detail = `members.${path.sub} cannot be changed in place; remove the member and add it again.`
    throw new ScimError(400, 'mutability', detail)
  }
  if (operation.op === 'remove') steps.push(...removeSteps(operation.value, filter, notes))
  else steps.push(...writeSteps(operation, filter, notes))
}

function removeSteps(value: unknown, filter: Filter | undefined, notes: Note[]): MembershipStep[] {
  if (filter) {
    const values = valuesOf(filter)
    if (values) return [{ kind: 'remove', values }]
    return [
      { kind: 'removeWhere', filter: resolveValueFilter(filter, membersAttribute, notes, 'invalidPath') },
    ]
  }
  // Without a value RFC 7644 §3.5.2.2 removes all; an empty list of values to remove is a list of none.
  if (value === undefined || value === null) return [{ kind: 'removeAll' }]
  if (Array.isArray(value) && value.length === 0) return []
  return [{ kind: 'remove', values: readMemberList(value).map((member) => member.value) }]
}

function writeSteps(operation: PatchOperation, filter: Filter | undefined, notes: Note[]): MembershipStep[] {
  const { op, value } = operation
  if (value === null || value === undefined) {
    addNote(notes, 'members', 'null was taken as "unchanged"; send [] to remove every member.')
    return []
  }
  if (filter) {
    const selected = valuesOf(filter)
    if (!selected)
      throw new ScimError(400, 'invalidPath', `A filter in ${op} must be of the form members[value eq "id"].`)
    const members =
      isObject(value) && !hasValue(value) ? selected.map((one) => ({ value: one })) : readMemberList(value)
    const add: MembershipStep = { kind: 'add', members }
    return op === 'add' ? [add] : [{ kind: 'remove', values: selected }, add]
  }
  if (op === 'replace') return [{ kind: 'replace', members: readMemberList(value) }]
  return Array.isArray(value) && value.length === 0 ? [] : [{ kind: 'add', members: readMemberList(value) }]
}

function hasValue(object: JsonObject): boolean {
  return Object.keys(object).some((key) => key.toLowerCase() === 'value' && !isUnassigned(object[key]))
}

/** The ids of `value eq "a"` or of several joined by `or`; undefined for any other filter. */
function valuesOf(filter: Filter): string[] | undefined {
  if (filter.kind === 'or') {
    const values: string[] = []
    for (const operand of filter.operands) {
      const inner = valuesOf(operand)
      if (!inner) return undefined
      values.push(...inner)
    }
    return values
  }
  const isValue =
    filter.kind === 'compare' && filter.operator === 'eq' && filter.path.name.toLowerCase() === 'value'
  if (!isValue || filter.path.uri !== undefined || filter.path.sub !== undefined) return undefined
  return typeof filter.value === 'string' ? [readMemberValue(filter.value)] : undefined
}

/** Hundreds of single removes, as Okta may send them, become one step and so one statement. */
function mergeSteps(steps: readonly MembershipStep[]): MembershipStep[] {
  const merged: { kind: MembershipStep['kind']; parts: MembershipStep[] }[] = []
  for (const step of steps) {
    const last = merged.at(-1)
    if (last?.kind === step.kind && (step.kind === 'add' || step.kind === 'remove')) last.parts.push(step)
    else merged.push({ kind: step.kind, parts: [step] })
  }
  return merged.map(({ parts }) => mergeAlike(parts))
}

function mergeAlike(parts: readonly MembershipStep[]): MembershipStep {
  const [first] = parts as [MembershipStep]
  if (parts.length === 1) return first
  if (first.kind === 'remove') {
    return {
      kind: 'remove',
      values: [...new Set(parts.flatMap((part) => (part.kind === 'remove' ? part.values : [])))],
    }
  }
  const members = new Map<string, GroupMember>()
  for (const part of parts)
    if (part.kind === 'add') for (const member of part.members) members.set(member.value, member)
  return { kind: 'add', members: [...members.values()] }
}
