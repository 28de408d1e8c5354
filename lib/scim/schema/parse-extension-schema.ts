import { isObject, type JsonObject, kindOf, own } from '../json-value.ts'
import { shorten } from '../note.ts'
import { ScimError } from '../scim-error.ts'
import type {
  AttributeDefinition,
  AttributeType,
  Mutability,
  Returned,
  SchemaDefinition,
} from './attribute-definition.ts'
import { attribute } from './attribute-definition.ts'
import { DIRECTORY_USER_SCHEMA } from './urns.ts'

/** Of one team. */
export const MAX_EXTENSION_SCHEMAS = 20
/** Sub-attributes count as well. */
const MAX_EXTENSION_ATTRIBUTES = 100

const TYPES = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'reference',
  'binary',
  'complex',
] as const
const MUTABILITIES = ['readWrite', 'immutable', 'readOnly'] as const
const RETURNED = ['default', 'always', 'request', 'never'] as const

/**
 * A team's own extension of the User, as JSON in the form of RFC 7643 §7: `id`, `name`, `description`,
 * `attributes`. Everything but `id` and the attributes' names has a default. At most 100 attributes.
 * `uniqueness` other than `none` and mutability `writeOnly` are refused: nothing here would keep that promise.
 * Throws ScimError 400 `invalidValue` whose detail names the attribute and what is wrong with it.
 */
export function parseExtensionSchema(json: unknown): SchemaDefinition {
  if (!isObject(json)) throw invalid(`A schema must be a JSON object; it was ${kindOf(json)}.`)
  const id = readUrn(own(json, 'id'))
  const name = readText(json, 'name', id.slice(id.lastIndexOf(':') + 1), 100, id)
  const description = readText(json, 'description', '', 1000, id)
  const list = own(json, 'attributes')
  if (!Array.isArray(list) || list.length === 0)
    throw invalid(`${id}: "attributes" must be an array of at least one attribute.`)
  const budget = { left: MAX_EXTENSION_ATTRIBUTES }
  return { id, name, description, attributes: readAttributes(list, id, budget, false) }
}

function readUrn(value: unknown): string {
  if (
    typeof value !== 'string' ||
    !/^urn:[a-z0-9][a-z0-9-]{1,31}:[\w.:-]{1,150}$/i.test(value) ||
    /[:.]$/.test(value)
  ) {
    const shown = typeof value === 'string' ? shorten(value) : kindOf(value)
    throw invalid(
      `"id" must be a URN like urn:example:scim:schemas:extension:hr:1.0:User (letters, digits, . : - _); it was ${shown}.`,
    )
  }
  const lower = value.toLowerCase()
  const reserved =
    lower.startsWith('urn:ietf:params:scim:') && !lower.startsWith('urn:ietf:params:scim:schemas:extension:')
  if (reserved || lower === DIRECTORY_USER_SCHEMA.toLowerCase() || lower.includes(':enterprise:2.0:user')) {
    throw invalid(`${value} is a URN of the standard or of Muster itself; choose one of your own.`)
  }
  return value
}

function readAttributes(
  list: readonly unknown[],
  where: string,
  budget: { left: number },
  inside: boolean,
): AttributeDefinition[] {
  budget.left -= list.length
  if (budget.left < 0)
    throw invalid(`A schema may have ${MAX_EXTENSION_ATTRIBUTES} attributes, sub-attributes counted.`)
  const attributes = list.map((one) => readAttribute(one, where, budget, inside))
  refuseTwice(
    attributes.map((one) => one.name),
    `${where}: two attributes are named`,
  )
  return attributes
}

function readAttribute(
  json: unknown,
  parent: string,
  budget: { left: number },
  inside: boolean,
): AttributeDefinition {
  if (!isObject(json)) throw invalid(`${parent}: an attribute must be an object; it was ${kindOf(json)}.`)
  const name = readName(own(json, 'name'), parent, inside)
  const where = `${parent}:${name}`
  const type: AttributeType = readOneOf(json, 'type', TYPES, 'string', where)
  const mutability: Mutability = readOneOf(json, 'mutability', MUTABILITIES, 'readWrite', where)
  const returned: Returned = readOneOf(json, 'returned', RETURNED, 'default', where)
  readOneOf(json, 'uniqueness', ['none'], 'none', where)
  const multiValued = readFlag(json, 'multiValued', where)
  if (inside && type === 'complex')
    throw invalid(`${where}: a sub-attribute cannot be complex (RFC 7643 §2.3.8).`)
  if (inside && multiValued) throw invalid(`${where}: a sub-attribute cannot be multi-valued.`)
  if (inside && mutability !== 'readWrite')
    throw invalid(`${where}: a sub-attribute must be readWrite; set mutability on its parent.`)
  const required = readFlag(json, 'required', where)
  if (required && (inside || mutability === 'readOnly'))
    throw invalid(`${where}: a sub-attribute or readOnly attribute cannot be required.`)
  const exactByType = type === 'reference' || type === 'binary'
  return attribute(name, readText(json, 'description', '', 1000, where), {
    type,
    multiValued,
    mutability,
    returned,
    required,
    caseExact: exactByType || readFlag(json, 'caseExact', where),
    ...readStrings(json, 'canonicalValues', where),
    ...readStrings(json, 'referenceTypes', where),
    ...readSubAttributes(json, type, where, budget),
  })
}

function readSubAttributes(json: JsonObject, type: AttributeType, where: string, budget: { left: number }) {
  const list = own(json, 'subAttributes')
  if (type !== 'complex') {
    if (Array.isArray(list) && list.length > 0)
      throw invalid(`${where}: only a complex attribute has subAttributes.`)
    return {}
  }
  if (!Array.isArray(list) || list.length === 0)
    throw invalid(`${where}: a complex attribute needs subAttributes.`)
  return { subAttributes: readAttributes(list, where, budget, true) }
}

/** RFC 7643 §2.1 names; those that every JavaScript object inherits are kept out. */
function readName(value: unknown, parent: string, inside: boolean): string {
  const dollarRef = inside && value === '$ref'
  if (typeof value !== 'string' || !(dollarRef || /^[A-Za-z][\w-]{0,99}$/.test(value))) {
    const shown = typeof value === 'string' ? shorten(value) : kindOf(value)
    throw invalid(
      `${parent}: an attribute name is a letter followed by letters, digits, - or _; it was ${shown}.`,
    )
  }
  if (value in Object.prototype) throw invalid(`${parent}: ${value} cannot be the name of an attribute.`)
  return value
}

function readOneOf<T extends string>(
  json: JsonObject,
  key: string,
  allowed: readonly T[],
  fallback: T,
  where: string,
): T {
  const value = own(json, key)
  if (value === undefined || value === null) return fallback
  const found = allowed.find((one) => typeof value === 'string' && one.toLowerCase() === value.toLowerCase())
  if (found === undefined) {
    const shown = typeof value === 'string' ? shorten(value) : kindOf(value)
    throw invalid(`${where}: "${key}" must be ${allowed.join(', ')}; it was ${shown}.`)
  }
  return found
}

function readFlag(json: JsonObject, key: string, where: string): boolean {
  const value = own(json, key)
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean')
    throw invalid(`${where}: "${key}" must be true or false; it was ${kindOf(value)}.`)
  return value
}

function readText(json: JsonObject, key: string, fallback: string, max: number, where: string): string {
  const value = own(json, key)
  if (value === undefined || value === null) return fallback
  if (typeof value !== 'string' || value.length > max || value.includes('\u0000') || !value.isWellFormed()) {
    throw invalid(`${where}: "${key}" must be a string of at most ${max} characters.`)
  }
  return value
}

function readStrings(json: JsonObject, key: 'canonicalValues' | 'referenceTypes', where: string) {
  const value = own(json, key)
  if (value === undefined || value === null) return {}
  const valid = Array.isArray(value) && value.length <= 100 && value.every(isShortText)
  if (!valid) throw invalid(`${where}: "${key}" must be an array of at most 100 strings.`)
  return value.length === 0 ? {} : { [key]: value as string[] }
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 200 && value.isWellFormed() && !value.includes('\u0000')
}

function refuseTwice(names: readonly string[], message: string): void {
  const seen = new Set<string>()
  for (const name of names) {
    const lower = name.toLowerCase()
    if (seen.has(lower)) throw invalid(`${message} ${name}.`)
    seen.add(lower)
  }
}

function invalid(detail: string): ScimError {
  return new ScimError(400, 'invalidValue', detail)
}
