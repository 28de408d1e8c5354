import { type Attributes, isObject, isUnassigned, own } from '../json-value.ts'
import { type Reading, readValue } from '../resource/read-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import { ScimError } from '../scim-error.ts'
import { applyToValues } from './apply-to-values.ts'
import { checkMutability } from './check-mutability.ts'
import type { PatchOperation } from './patch-operation.ts'
import type { PatchContext, Target } from './target.ts'

/** One operation on one attribute, in the copy. */
export function applyToAttribute(operation: Target, context: PatchContext): void {
  const { target } = operation
  if (operation.op === 'remove' && target.required && !operation.sub && !operation.filter) {
    // RFC 7644 §3.5.2.2: "if the attribute is required … the server shall return … mutability".
    throw new ScimError(400, 'mutability', `${target.path} is required and cannot be removed.`)
  }
  const container = containerOf(context.resource, target, operation.op !== 'remove')
  if (!container) return
  const before = own(container, target.name)
  const after = target.multiValued
    ? applyToValues(operation, Array.isArray(before) ? before : [], context.reading)
    : applyToSingle(operation, before, context.reading)
  checkMutability(target, before, after)
  if (isUnassigned(after)) delete container[target.name]
  else container[target.name] = after
  if (target.extension !== undefined && Object.keys(container).length === 0)
    delete context.resource[target.extension]
}

function applyToSingle(operation: Target, before: unknown, reading: Reading): unknown {
  const { op, target, sub, filter, value, text } = operation
  if (filter) {
    throw new ScimError(
      400,
      'invalidPath',
      `${text}: ${target.path} has one value only, there is nothing to select from.`,
    )
  }
  if (sub) {
    const complex: Attributes = isObject(before) ? { ...before } : {}
    const read = op === 'remove' ? undefined : readValue(sub, value, reading)
    checkMutability(sub, own(complex, sub.name), read)
    if (read === undefined) delete complex[sub.name]
    else complex[sub.name] = read
    return complex
  }
  const read = op === 'remove' ? undefined : readValue(target, value, reading)
  if (target.type !== 'complex' || !isObject(read))
    return read === undefined ? unassignedSubs(target, op, value, before) : read
  // RFC 7644 §3.5.2.3: sub-attributes that are not named stay; null unassigns those that are.
  return { ...(unassignedSubs(target, op, value, before) as Attributes | undefined), ...read }
}

/** What is left of a complex value when the sub-attributes given as null are gone. */
function unassignedSubs(
  target: Attribute,
  op: PatchOperation['op'],
  value: unknown,
  before: unknown,
): unknown {
  if (op === 'remove' || target.type !== 'complex' || !isObject(value) || !isObject(before)) return undefined
  const left: Attributes = { ...before }
  for (const key of Object.keys(value)) {
    const sub = target.sub.get(key.toLowerCase())
    if (sub && isUnassigned(value[key])) delete left[sub.name]
  }
  return left
}

/** The object that holds the attribute: the resource, or its extension's object (made when `create`). */
function containerOf(resource: Attributes, target: Attribute, create: boolean): Attributes | undefined {
  if (target.extension === undefined) return resource
  const existing = own(resource, target.extension)
  if (isObject(existing)) return existing as Attributes
  if (!create) return undefined
  const made: Attributes = {}
  resource[target.extension] = made
  return made
}
