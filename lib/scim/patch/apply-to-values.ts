import type { Filter } from '../filter/ast.ts'
import { matchesElement } from '../filter/evaluate-filter.ts'
import { resolveValueFilter } from '../filter/resolve-filter.ts'
import { type Attributes, deepEqual, isObject, isUnassigned, type JsonObject, own } from '../json-value.ts'
import { MAX_VALUES } from '../resource/bounds.ts'
import { type Reading, readElement, readMembers, readValue } from '../resource/read-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import { ScimError } from '../scim-error.ts'
import { checkMutability } from './check-mutability.ts'
import { elementOfFilter } from './element-of-filter.ts'
import type { Target } from './target.ts'
import { withOnePrimary } from './with-one-primary.ts'

/** One operation on a multi-valued attribute: the elements afterwards. `before` is not changed. */
export function applyToValues(operation: Target, before: readonly unknown[], reading: Reading): unknown[] {
  const after = operation.filter
    ? applyToSelected(operation, operation.filter, before, reading)
    : operation.sub
      ? applyToEach(operation, operation.sub, before, reading)
      : applyToAll(operation, before, reading)
  if (after.length > MAX_VALUES) {
    const detail = `${operation.target.path} would have ${after.length} values; at most ${MAX_VALUES} are accepted.`
    throw new ScimError(400, 'invalidValue', detail)
  }
  return withOnePrimary(operation.target, before, after)
}

/** `emails`: add appends what is not there yet, replace puts a new list in place, remove takes all or those given. */
function applyToAll(operation: Target, before: readonly unknown[], reading: Reading): unknown[] {
  const { op, target, value } = operation
  if (op === 'remove') {
    if (isUnassigned(value)) return []
    // Entra removes by value: {"op":"remove","path":"roles","value":[{"value":"x"}]}.
    const given = asArray(readValue(target, value, reading))
    return before.filter((element) => !given.some((one) => covers(target, one, element)))
  }
  const given = asArray(readValue(target, value, reading))
  if (op === 'replace') return given
  const after = [...before]
  for (const element of given) {
    const same = after.findIndex((existing) => isSameValue(target, existing, element))
    if (same === -1) after.push(element)
    else if (isObject(element)) after[same] = { ...(after[same] as JsonObject), ...element }
  }
  return after
}

/** `emails.type` without a filter speaks of every element; with none there, setting it makes one. */
function applyToEach(
  operation: Target,
  sub: Attribute,
  before: readonly unknown[],
  reading: Reading,
): unknown[] {
  const read = operation.op === 'remove' ? undefined : readValue(sub, operation.value, reading)
  if (before.length === 0) return read === undefined ? [] : [{ [sub.name]: read }]
  return before.map((element) => withSub(element, sub, read)).filter((element) => !isUnassigned(element))
}

/** `emails[type eq "work"]`, with or without a sub-attribute. */
function applyToSelected(
  operation: Target,
  filter: Filter,
  before: readonly unknown[],
  reading: Reading,
): unknown[] {
  const { op, target, sub, value } = operation
  const resolved = resolveValueFilter(filter, target, reading.notes, 'invalidPath')
  const selected = before.map((element) => matchesElement(resolved, target, element))
  if (!selected.includes(true))
    return op === 'remove' ? [...before] : createSelected(operation, filter, before, reading)
  if (op === 'remove' && !sub) return before.filter((_, index) => !selected[index])
  const read = sub
    ? op === 'remove'
      ? undefined
      : readValue(sub, value, reading)
    : readSelected(target, value, reading)
  const described = op === 'replace' && !sub ? elementOfFilter(filter, target) : undefined
  const after = before.map((element, index) => {
    if (!selected[index]) return element
    if (sub) return withSub(element, sub, read)
    if (!isObject(read)) return read
    // §3.5.2.3 replaces the whole value; what selected it (type work) stays, unless the new value says otherwise.
    return op === 'add' && isObject(element) ? { ...element, ...read } : { ...described, ...read }
  })
  return after.filter((element) => !isUnassigned(element))
}

function createSelected(
  operation: Target,
  filter: Filter,
  before: readonly unknown[],
  reading: Reading,
): unknown[] {
  const { target, sub, value, text } = operation
  const described = elementOfFilter(filter, target)
  if (!described || Object.hasOwn(described, 'value')) {
    throw new ScimError(400, 'noTarget', `${text} selects no value of ${target.path}.`)
  }
  const read = sub ? readValue(sub, value, reading) : readSelected(target, value, reading)
  if (read === undefined) return [...before]
  return [...before, sub ? { ...described, [sub.name]: read } : { ...described, ...(read as JsonObject) }]
}

/** The value for a whole element: an object, or an array of one. */
function readSelected(target: Attribute, value: unknown, reading: Reading): unknown {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (isUnassigned(single)) return undefined
  return isObject(single) && target.type === 'complex'
    ? readMembers(single, target.sub, reading, target.path)
    : readElement(target, single, reading)
}

function withSub(element: unknown, sub: Attribute, value: unknown): unknown {
  // Of a simple multi-valued attribute `value` is the element itself.
  if (!sub.parent) return value
  const out: Attributes = isObject(element) ? { ...element } : {}
  checkMutability(sub, own(out, sub.name), value)
  if (value === undefined) delete out[sub.name]
  else out[sub.name] = value
  return out
}

/** RFC 7644 §3.5.2.1: a value that is already there is not added again: the same value under the same type. */
function isSameValue(target: Attribute, existing: unknown, added: unknown): boolean {
  if (!isObject(existing) || !isObject(added) || !target.sub.has('value')) return deepEqual(existing, added)
  return (
    own(existing, 'value') !== undefined &&
    ['value', 'type'].every((name) => deepEqual(own(existing, name), own(added, name)))
  )
}

/** Whether an element is meant by a value to remove: by its `value` alone, otherwise by all that is given. */
function covers(target: Attribute, given: unknown, element: unknown): boolean {
  if (!isObject(given) || !isObject(element)) return deepEqual(given, element)
  if (target.sub.has('value') && Object.hasOwn(given, 'value'))
    return deepEqual(given.value, own(element, 'value'))
  return Object.keys(given).every((key) => deepEqual(given[key], own(element, key)))
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}
