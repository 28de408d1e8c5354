import {
  type Attributes,
  deepEqual,
  isObject,
  isUnassigned,
  type JsonObject,
  kindOf,
  own,
} from '../json-value.ts'
import { addNote, type Note, shorten } from '../note.ts'
import type { Attribute, Extension, ResourceDefinition } from '../schema/resource-definition.ts'
import { ScimError } from '../scim-error.ts'
import { type Reading, readMembers, readValue, refuseNamesTwice } from './read-value.ts'

export type ReadResource = {
  /**
   * What to store: canonical spelling, extensions under their URN, nothing unassigned, without `schemas`, `id`,
   * `meta`, `groups`, `members` and `password`.
   */
  readonly attributes: Attributes
  readonly notes: readonly Note[]
}

/**
 * The resource in the body of POST (`create`) or PUT (`replace`, with the stored attributes as `existing`).
 *
 * readOnly attributes are ignored (RFC 7644 §3.3, §3.5.1), unknown ones and unknown schemas ignored with a note;
 * `password` is dropped with a note. On replace, `active` stays as it is when the body does not speak of it:
 * Okta's PUT may leave it out and means no change. An immutable attribute that has a value must keep it.
 * `members` of a group is left to `readMembers` of patch/split-membership-ops.ts.
 * Throws ScimError 400: `invalidSyntax` (not an object), `invalidValue` (type, bound, a required attribute that is
 * missing), `mutability`.
 */
export function readResource(
  body: unknown,
  definition: ResourceDefinition,
  mode: 'create' | 'replace',
  existing?: JsonObject,
): ReadResource {
  if (!isObject(body)) {
    throw new ScimError(
      400,
      'invalidSyntax',
      `The body must be a JSON object, the ${definition.name}; it was ${kindOf(body)}.`,
    )
  }
  const reading: Reading = { notes: [], leaves: 0 }
  const attributes: Attributes = {}
  let schemasGiven = false
  refuseNamesTwice(body, definition.name)
  for (const key of Object.keys(body)) {
    const attribute = definition.attributes.get(key.toLowerCase())
    if (attribute?.name === 'schemas') {
      schemasGiven = true
      checkSchemas(body[key], definition, reading.notes)
    } else if (attribute) {
      readAttribute(attribute, body[key], attributes, reading)
    } else {
      readForeign(key, body[key], definition, attributes, reading)
    }
  }
  if (!schemasGiven)
    addNote(reading.notes, 'schemas', `The body has no "schemas"; ${definition.schema.id} was assumed.`)
  if (mode === 'replace' && existing) keepFromExisting(attributes, existing, definition)
  checkRequired(attributes, definition)
  return { attributes, notes: reading.notes }
}

function readAttribute(attribute: Attribute, value: unknown, into: Attributes, reading: Reading): void {
  if (attribute.mutability === 'readOnly' || attribute.name === 'members') return
  if (attribute.mutability === 'writeOnly') {
    if (!isUnassigned(value))
      addNote(reading.notes, attribute.path, 'Accepted and dropped; it is never stored.')
    return
  }
  const read = readValue(attribute, value, reading)
  if (read !== undefined) into[attribute.name] = read
}

/** A key that is no core attribute: an extension's URN, or something unknown. */
function readForeign(
  key: string,
  value: unknown,
  definition: ResourceDefinition,
  into: Attributes,
  reading: Reading,
): void {
  const extension = definition.extensions.get(key.toLowerCase())
  if (!extension) {
    addNote(reading.notes, shorten(key), 'No schema has this attribute; it was ignored.')
    return
  }
  if (isUnassigned(value)) return
  if (!isObject(value)) {
    throw new ScimError(
      400,
      'invalidValue',
      `${extension.schema.id} must be an object; it was ${kindOf(value)}.`,
    )
  }
  const read = readMembers(writablePart(value, extension), extension.attributes, reading, extension.schema.id)
  if (Object.keys(read).length > 0) into[extension.schema.id] = read
}

/** Without what is readOnly, which a client may send back as it read it (RFC 7644 §3.3, §3.5.1). */
function writablePart(value: JsonObject, { attributes }: Extension): JsonObject {
  const isReadOnly = (key: string) => attributes.get(key.toLowerCase())?.mutability === 'readOnly'
  if (!Object.keys(value).some(isReadOnly)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isReadOnly(key)))
}

function checkSchemas(value: unknown, definition: ResourceDefinition, notes: Note[]): void {
  const urns = Array.isArray(value) ? value : [value]
  let core = false
  for (const urn of urns) {
    if (typeof urn !== 'string')
      throw new ScimError(400, 'invalidValue', 'schemas must be an array of schema URNs.')
    const lower = urn.toLowerCase()
    if (lower === definition.schema.id.toLowerCase()) core = true
    else if (!definition.extensions.has(lower))
      addNote(notes, shorten(urn, 200), 'This schema is not known; its attributes are ignored.')
  }
  if (!core) addNote(notes, 'schemas', `"schemas" does not list ${definition.schema.id}; it was assumed.`)
}

function keepFromExisting(
  attributes: Attributes,
  existing: JsonObject,
  definition: ResourceDefinition,
): void {
  if (definition.attributes.has('active') && !Object.hasOwn(attributes, 'active')) {
    const active = own(existing, 'active')
    if (active !== undefined) attributes.active = active
  }
  for (const key of Object.keys(existing))
    if (definition.retired.has(key.toLowerCase())) attributes[key] = existing[key]
  checkImmutable(attributes, existing, definition.attributes)
  for (const { schema, attributes: extension } of definition.extensions.values()) {
    const before = own(existing, schema.id)
    const after = own(attributes, schema.id)
    if (isObject(before)) checkImmutable(isObject(after) ? after : {}, before, extension)
  }
}

/** RFC 7644 §3.5.1: an immutable attribute with a value must match it, or the request fails. */
function checkImmutable(
  after: JsonObject,
  before: JsonObject,
  attributes: ReadonlyMap<string, Attribute>,
): void {
  for (const attribute of attributes.values()) {
    if (attribute.mutability !== 'immutable' || attribute.name === 'members') continue
    const old = own(before, attribute.name)
    if (old === undefined || deepEqual(old, own(after, attribute.name))) continue
    throw new ScimError(
      400,
      'mutability',
      `${attribute.path} is immutable: it has a value and cannot be changed.`,
    )
  }
}

/** Throws ScimError 400 `invalidValue` when a required attribute has no value. */
export function checkRequired(attributes: JsonObject, definition: ResourceDefinition): void {
  checkRequiredIn(attributes, definition.attributes)
  for (const { schema, attributes: extension } of definition.extensions.values()) {
    const value = own(attributes, schema.id)
    if (isObject(value)) checkRequiredIn(value, extension)
  }
}

function checkRequiredIn(object: JsonObject, attributes: ReadonlyMap<string, Attribute>): void {
  for (const attribute of attributes.values()) {
    if (!attribute.required || attribute.mutability === 'readOnly') continue
    const value = own(object, attribute.name)
    if (isUnassigned(value) || (typeof value === 'string' && value.trim() === '')) {
      throw new ScimError(400, 'invalidValue', `${attribute.path} is required and has no value.`)
    }
  }
}
