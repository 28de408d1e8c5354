import { parseAttributePath } from './filter/parse-attribute-path.ts'
import { type Attributes, isObject, type JsonObject } from './json-value.ts'
import { shorten } from './note.ts'
import { findAttribute } from './schema/find-attribute.ts'
import type { Attribute, ResourceDefinition } from './schema/resource-definition.ts'
import { ScimError } from './scim-error.ts'

/** Longest `attributes` or `excludedAttributes` list. */
const MAX_PROJECTED_NAMES = 200

/** The two parameters as they came: a comma-separated string, or an array in a SearchRequest. */
export type ProjectionParameters = { readonly attributes?: unknown; readonly excludedAttributes?: unknown }

/** What to return, ready to apply to any number of resources of one definition. */
export type Projection = {
  readonly definition: ResourceDefinition
  readonly kind: 'default' | 'only' | 'except'
  /** Canonical paths of attributes and sub-attributes, and URNs of extensions. */
  readonly names: ReadonlySet<string>
  /** Paths of attributes of which only some sub-attributes are named. */
  readonly partly: ReadonlySet<string>
}

/** False when a stored resource can be sent as it is: the usual case, and the fast one. */
export function needsProjection(parameters: ProjectionParameters, definition: ResourceDefinition): boolean {
  return definition.storesHidden || isGiven(parameters.attributes) || isGiven(parameters.excludedAttributes)
}

/**
 * Reads `attributes` and `excludedAttributes` (RFC 7644 §3.4.2.5, §3.9). Names have no case; unknown ones are
 * passed over. Throws ScimError 400 `invalidValue` when both are given or the list is longer than 200 names.
 */
export function parseProjection(
  parameters: ProjectionParameters,
  definition: ResourceDefinition,
): Projection {
  const only = isGiven(parameters.attributes)
  const except = isGiven(parameters.excludedAttributes)
  if (only && except) {
    throw new ScimError(400, 'invalidValue', 'attributes and excludedAttributes cannot be used together.')
  }
  const listed = only
    ? readNames('attributes', parameters.attributes)
    : except
      ? readNames('excludedAttributes', parameters.excludedAttributes)
      : []
  const names = new Set<string>()
  const partly = new Set<string>()
  for (const name of listed) {
    const path = parseAttributePath(name)
    const found = definition.extensions.get(name.toLowerCase())
    if (found) names.add(found.schema.id)
    else if (name.toLowerCase() === definition.schema.id.toLowerCase()) {
      for (const attribute of definition.schema.attributes) names.add(attribute.name)
    } else if (path) {
      const target = findAttribute(definition, path)
      if (target.kind !== 'attribute') continue
      names.add(target.attribute.path)
      if (target.attribute.parent) partly.add(target.attribute.parent.path)
    }
  }
  return { definition, kind: only ? 'only' : except ? 'except' : 'default', names, partly }
}

/** True when the answer may hold this attribute: spares the caller to load members, groups or roles in vain. */
export function isProjected(projection: Projection, path: string): boolean {
  const urn = path.includes(':') ? path.slice(0, path.lastIndexOf(':')) : undefined
  const { names } = projection
  const named = names.has(path) || projection.partly.has(path) || (urn !== undefined && names.has(urn))
  if (projection.kind === 'only') return named
  const attribute = urn === undefined ? projection.definition.attributes.get(path.toLowerCase()) : undefined
  if (attribute ? attribute.returned === 'request' : urn !== undefined) return false
  return !(names.has(path) || (urn !== undefined && names.has(urn)))
}

/**
 * The resource with only what is to be returned. `returned: never` never is, `always` always, `request` only when
 * named in `attributes`. Attributes that no schema knows are kept unless `attributes` is given. The input is not
 * changed.
 */
export function applyProjection(projection: Projection, resource: JsonObject): Attributes {
  const { definition } = projection
  const out: Attributes = {}
  for (const key of Object.keys(resource)) {
    if (key === '__proto__' || definition.retired.has(key.toLowerCase())) continue
    const extension = definition.extensions.get(key.toLowerCase())
    const value = resource[key]
    if (extension && isObject(value)) {
      const kept = projectObject(
        projection,
        value,
        extension.attributes,
        projection.names.has(extension.schema.id),
      )
      if (Object.keys(kept).length > 0) out[key] = kept
    } else if (!extension) {
      const kept = projectMember(projection, key, value, definition.attributes, false)
      if (kept !== undefined) out[key] = kept
    }
  }
  if (definition.retired.size > 0 && Array.isArray(out.schemas))
    out.schemas = out.schemas.filter((urn) => !definition.retired.has(String(urn).toLowerCase()))
  return out
}

function projectObject(
  projection: Projection,
  object: JsonObject,
  attributes: ReadonlyMap<string, Attribute>,
  named: boolean,
): Attributes {
  const out: Attributes = {}
  for (const key of Object.keys(object)) {
    if (key === '__proto__') continue
    const kept = projectMember(projection, key, object[key], attributes, named)
    if (kept !== undefined) out[key] = kept
  }
  return out
}

/** @param within true when what holds this attribute was itself named in the list */
function projectMember(
  projection: Projection,
  key: string,
  value: unknown,
  attributes: ReadonlyMap<string, Attribute>,
  within: boolean,
): unknown {
  const { kind, names, partly } = projection
  const attribute = attributes.get(key.toLowerCase())
  if (!attribute) return kind === 'only' && !within ? undefined : value
  if (attribute.returned === 'never') return undefined
  const named = within || names.has(attribute.path)
  const whole = attribute.returned === 'always'
  if (kind === 'only') {
    if (!named && !partly.has(attribute.path) && !whole) return undefined
  } else if (!whole && (attribute.returned === 'request' || (kind === 'except' && named))) {
    return undefined
  }
  if (attribute.type !== 'complex') return value
  return projectComplex(projection, value, attribute, named || (kind === 'only' && whole))
}

function projectComplex(
  projection: Projection,
  value: unknown,
  attribute: Attribute,
  named: boolean,
): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => projectComplex(projection, element, attribute, named))
    const kept = elements.filter((element) => element !== undefined)
    return kept.length > 0 || value.length === 0 ? kept : undefined
  }
  if (!isObject(value)) return value
  const kept = projectObject(projection, value, attribute.sub, named && projection.kind === 'only')
  return Object.keys(kept).length > 0 ? kept : undefined
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : typeof value === 'string'
      ? value.trim() !== ''
      : value != null
}

function readNames(parameter: string, value: unknown): string[] {
  const parts = typeof value === 'string' ? value.split(',', MAX_PROJECTED_NAMES + 1) : value
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) {
    throw new ScimError(
      400,
      'invalidValue',
      `${parameter} must be a list of attribute names, not ${shorten(String(value))}.`,
    )
  }
  if (parts.length > MAX_PROJECTED_NAMES) {
    throw new ScimError(
      400,
      'invalidValue',
      `${parameter} names more than ${MAX_PROJECTED_NAMES} attributes.`,
    )
  }
  return parts.map((part: string) => part.trim()).filter((part) => part !== '')
}
