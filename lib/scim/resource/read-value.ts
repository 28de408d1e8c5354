import { canonicalDateTime } from '../date-time.ts'
import { type Attributes, deepEqual, isObject, isUnassigned, type JsonObject, kindOf } from '../json-value.ts'
import { addNote, type Note, shorten } from '../note.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import { ScimError } from '../scim-error.ts'
import { unwrapAppRole } from './app-role.ts'
import { MAX_LEAVES, MAX_STRING_LENGTH, MAX_VALUES } from './bounds.ts'

/** What reading one request carries along: the notes, and how many simple values have been read. */
export type Reading = { readonly notes: Note[]; leaves: number }

/**
 * A value for an attribute, checked and in canonical spelling; undefined when it is unassigned (null, "", [], {}).
 * An attribute with one value accepts an array of one (Entra sends `manager` so), and a complex attribute with a
 * sub-attribute `value` accepts the bare value. Throws ScimError 400 `invalidValue`.
 */
export function readValue(attribute: Attribute, value: unknown, reading: Reading): unknown {
  if (isUnassigned(value)) return undefined
  if (!attribute.multiValued) {
    const single = Array.isArray(value) && value.length === 1 ? value[0] : value
    return readElement(attribute, single, reading)
  }
  const elements = Array.isArray(value) ? value : [value]
  if (elements.length > MAX_VALUES) {
    throw invalid(`${attribute.path} has ${elements.length} values; at most ${MAX_VALUES} are accepted.`)
  }
  const read: unknown[] = []
  for (const element of elements) {
    const one = isUnassigned(element) ? undefined : readElement(attribute, element, reading)
    if (one !== undefined) read.push(one)
  }
  keepOnePrimary(attribute, read, reading.notes)
  return read.length === 0 ? undefined : read
}

/** One value: of a single-valued attribute, or one element of a multi-valued one. */
export function readElement(attribute: Attribute, value: unknown, reading: Reading): unknown {
  if (attribute.type === 'complex') return readComplex(attribute, value, reading)
  reading.leaves += 1
  if (reading.leaves > MAX_LEAVES) throw invalid(`The resource has more than ${MAX_LEAVES} values.`)
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(attribute, value)
    case 'integer':
    case 'decimal':
      return readNumber(attribute, value)
    default:
      return readString(attribute, value)
  }
}

function readComplex(attribute: Attribute, value: unknown, reading: Reading): unknown {
  const bare = attribute.sub.get('value')
  if (!isObject(value)) {
    if (bare && typeof value === 'string') {
      addNote(reading.notes, attribute.path, 'A bare value was taken as the sub-attribute "value".')
      return unwrapAppRole(attribute, { [bare.name]: readElement(bare, value, reading) })
    }
    throw expected(attribute, 'an object', value)
  }
  const out = readMembers(value, attribute.sub, reading, attribute.path)
  return Object.keys(out).length === 0 ? undefined : unwrapAppRole(attribute, out)
}

/** The members of an object that the attributes know, in canonical spelling and without unassigned ones. */
export function readMembers(
  object: JsonObject,
  attributes: ReadonlyMap<string, Attribute>,
  reading: Reading,
  path: string,
): Attributes {
  const out: Attributes = {}
  refuseNamesTwice(object, path)
  for (const key of Object.keys(object)) {
    const attribute = attributes.get(key.toLowerCase())
    if (!attribute) {
      addNote(reading.notes, `${path}.${shorten(key)}`, 'No schema has this attribute; it was ignored.')
      continue
    }
    const value = readValue(attribute, object[key], reading)
    if (value !== undefined) out[attribute.name] = value
  }
  return out
}

/**
 * Names have no case (RFC 7643 §2.1), so `userName` and `username` in one object are one name twice, of which nobody can
 * say what it means. Throws ScimError 400 `invalidSyntax`.
 */
export function refuseNamesTwice(object: JsonObject, where: string): void {
  const names = Object.keys(object)
  if (names.length < 2) return
  const seen = new Set<string>()
  for (const name of names) {
    const lower = name.toLowerCase()
    if (seen.has(lower))
      throw new ScimError(
        400,
        'invalidSyntax',
        `${where}: “${shorten(name)}” is there twice, in upper and lower case.`,
      )
    seen.add(lower)
  }
}

function readBoolean(attribute: Attribute, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  // Entra sends "True" and "False" unless its feature flag aadOptscim062020 is set.
  const lower = typeof value === 'string' ? value.toLowerCase() : ''
  if (lower === 'true') return true
  if (lower === 'false') return false
  throw expected(attribute, 'true or false', value)
}

function readNumber(attribute: Attribute, value: unknown): number {
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw expected(attribute, 'a number', value)
  if (attribute.type === 'integer' && !Number.isSafeInteger(number))
    throw expected(attribute, 'an integer', value)
  return number === 0 ? 0 : number
}

function readString(attribute: Attribute, value: unknown): string {
  if (typeof value !== 'string') throw expected(attribute, 'a string', value)
  const max = attribute.maxLength ?? MAX_STRING_LENGTH
  if (value.length > max) {
    throw invalid(`${attribute.path} is ${value.length} characters long; at most ${max} are accepted.`)
  }
  if (value.includes('\u0000')) throw invalid(`${attribute.path} contains a NUL character.`)
  if (!value.isWellFormed()) throw invalid(`${attribute.path} contains half of a surrogate pair.`)
  if (attribute.type === 'dateTime') {
    const instant = canonicalDateTime(value)
    if (instant === undefined) throw expected(attribute, 'a date and time like 2024-05-13T04:42:34Z', value)
    return instant
  }
  if (attribute.type === 'binary' && !/^[\w+/=\s-]*$/.test(value))
    throw expected(attribute, 'base64 text', value)
  return value
}

/** RFC 7643 §2.4: `primary` true appears at most once. The first one is kept, the others become false. */
function keepOnePrimary(attribute: Attribute, elements: unknown[], notes: Note[]): void {
  const primary = attribute.sub.get('primary')
  if (!primary) return
  let seen: unknown
  for (const [index, element] of elements.entries()) {
    if (!isObject(element) || element[primary.name] !== true) continue
    if (seen === undefined) {
      seen = element
    } else {
      if (deepEqual(seen, element)) continue
      elements[index] = { ...element, [primary.name]: false }
      addNote(notes, attribute.path, 'More than one value was primary; the first one was kept as primary.')
    }
  }
}

function expected(attribute: Attribute, what: string, value: unknown): ScimError {
  const shown =
    typeof value === 'string' || typeof value === 'number' ? ` ${shorten(JSON.stringify(value))}` : ''
  const found = attribute.returned === 'never' ? kindOf(value) : kindOf(value) + shown
  return invalid(`${attribute.path} must be ${what}; it was ${found}.`)
}

function invalid(detail: string): ScimError {
  return new ScimError(400, 'invalidValue', detail)
}
