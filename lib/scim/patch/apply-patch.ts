import { type Attributes, copyJson, isObject, type JsonObject } from '../json-value.ts'
import { addNote, type Note, shorten } from '../note.ts'
import { checkRequired } from '../resource/read-resource.ts'
import { type AttributePath, findAttribute, printPath } from '../schema/find-attribute.ts'
import type { Extension, ResourceDefinition } from '../schema/resource-definition.ts'
import { ScimError } from '../scim-error.ts'
import { applyToAttribute } from './apply-to-attribute.ts'
import { type Change, changesBetween } from './changes-between.ts'
import { parsePatchPath } from './parse-patch-path.ts'
import type { PatchOperation } from './patch-operation.ts'
import type { PatchContext } from './target.ts'

export type PatchResult = {
  /** A new object; the input is never changed. Without anything unassigned. */
  readonly resource: Attributes
  /** False when the patch says what already is: then version and lastModified stay. */
  readonly changed: boolean
  readonly changes: readonly Change[]
  readonly notes: readonly Note[]
}

/**
 * Applies a PATCH (RFC 7644 §3.5.2) to the stored attributes of a resource. All or nothing: it throws before
 * anything is returned, and the input stays as it is.
 *
 * Where clients and the RFC leave room:
 * - Without a path, each key of `value` is itself a path: `name.givenName`, `URN:department` and
 *   `emails[type eq "work"].value` as keys are Entra's habit. Keys that are readOnly (`id`, `meta`, `groups`,
 *   `schemas`: Okta sends `{"id", "displayName"}`) or unknown are passed over, with a note for the unknown.
 * - With a path, a readOnly target is `mutability`, an unknown attribute `invalidPath`; an attribute of an
 *   unknown schema is ignored with a note.
 * - A filter that selects nothing: add and replace create the element that the filter describes, when it is made
 *   of `eq` joined by `and` and does not compare `value` (Entra: `emails[type eq "work"].value`); otherwise
 *   replace is `noTarget`, as is add. Remove does nothing.
 * - A null value unassigns, in add and replace alike.
 * - `members` of a group must have been taken out before, by splitMembershipOps.
 * Throws ScimError 400 `invalidPath`, `invalidValue`, `noTarget`, `mutability`.
 */
export function applyPatch(
  resource: JsonObject,
  operations: readonly PatchOperation[],
  definition: ResourceDefinition,
): PatchResult {
  const notes: Note[] = []
  const context: PatchContext = { resource: copyJson(resource), reading: { notes, leaves: 0 } }
  for (const operation of operations) {
    if (operation.path !== undefined)
      applyOperation(operation.op, operation.path, operation.value, definition, context)
    else applyWithoutPath(operation, definition, context)
  }
  const changes = changesBetween(resource, context.resource, definition)
  if (changes.length > 0) checkRequired(context.resource, definition)
  return { resource: context.resource, changed: changes.length > 0, changes, notes }
}

function applyWithoutPath(
  operation: PatchOperation,
  definition: ResourceDefinition,
  context: PatchContext,
): void {
  const value = operation.value
  if (!isObject(value))
    throw new ScimError(400, 'invalidValue', 'Without a "path" the "value" must be an object.')
  for (const key of Object.keys(value)) {
    const extension = definition.extensions.get(key.toLowerCase())
    if (extension) applyToExtension(operation.op, extension, value[key], definition, context, true)
    else if (isPath(key)) applyOperation(operation.op, key, value[key], definition, context, true)
    else addNote(context.reading.notes, shorten(key), 'No schema has this attribute; it was ignored.')
  }
}

function isPath(key: string): boolean {
  try {
    parsePatchPath(key)
    return true
  } catch {
    return false
  }
}

/** @param tolerant true for the keys of a value without a path: what cannot be applied is passed over */
function applyOperation(
  op: PatchOperation['op'],
  text: string,
  value: unknown,
  definition: ResourceDefinition,
  context: PatchContext,
  tolerant = false,
): void {
  const { path, filter } = parsePatchPath(text)
  const found = findAttribute(definition, path)
  if (found.kind === 'extension') {
    if (filter)
      throw new ScimError(400, 'invalidPath', `${shorten(text)}: an extension has no values to select from.`)
    applyToExtension(op, found.extension, value, definition, context, tolerant)
  } else if (found.kind === 'unknown') {
    refuseUnknown(path, found.schema && !tolerant, definition, context)
  } else {
    const { attribute } = found
    const target = attribute.parent ?? attribute
    if (target.name === 'schemas' && target.extension === undefined) {
      // Clients list a URN before they set its attributes.
      addNote(context.reading.notes, 'schemas', 'Passed over: the list follows from the attributes.')
      return
    }
    if (target.mutability === 'readOnly' || attribute.mutability === 'readOnly') {
      if (tolerant) return
      throw new ScimError(400, 'mutability', `${attribute.path} is readOnly and cannot be changed.`)
    }
    if (target.mutability === 'writeOnly') {
      addNote(context.reading.notes, target.path, 'Accepted and dropped; it is never stored.')
      return
    }
    applyToAttribute(
      { op, target, sub: attribute.parent ? attribute : undefined, filter, value, text },
      context,
    )
  }
}

/** All attributes of an extension: add and replace go through its members, remove takes all that may go. */
function applyToExtension(
  op: PatchOperation['op'],
  extension: Extension,
  value: unknown,
  definition: ResourceDefinition,
  context: PatchContext,
  tolerant: boolean,
): void {
  const uri = extension.schema.id
  if (op === 'remove' || value === null) {
    for (const attribute of extension.attributes.values()) {
      if (attribute.mutability === 'readOnly') continue
      applyOperation('remove', attribute.path, undefined, definition, context, tolerant)
    }
    return
  }
  if (!isObject(value)) throw new ScimError(400, 'invalidValue', `The value of ${uri} must be an object.`)
  for (const key of Object.keys(value)) {
    const text = `${uri}:${key}`
    if (isPath(text)) applyOperation(op, text, value[key], definition, context, true)
    else addNote(context.reading.notes, shorten(text, 200), 'No schema has this attribute; it was ignored.')
  }
}

function refuseUnknown(
  path: AttributePath,
  refuse: boolean,
  definition: ResourceDefinition,
  context: PatchContext,
): void {
  const text = printPath(path)
  if (refuse) {
    throw new ScimError(400, 'invalidPath', `A ${definition.name} has no attribute ${shorten(text, 200)}.`)
  }
  addNote(context.reading.notes, text, 'No schema has this attribute; it was ignored.')
}
