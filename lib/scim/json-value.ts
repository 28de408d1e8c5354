/** A JSON object whose keys have not been looked at yet. */
export type JsonObject = { readonly [key: string]: unknown }

/** The attributes of a SCIM resource, in canonical spelling. */
export type Attributes = { [name: string]: unknown }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Own property or undefined: never something inherited from Object.prototype. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The value of the first key equal to `name` without regard to case (RFC 7643 §2.1: names have no case). */
export function ownIgnoringCase(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name]
  const lower = name.toLowerCase()
  for (const key of Object.keys(object)) if (key.toLowerCase() === lower) return object[key]
  return undefined
}

/** What kind of JSON a value is, in words for an error message. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return 'a string'
  if (typeof value === 'number') return 'a number'
  return 'a boolean'
}

/** Unassigned in the sense of RFC 7643 §2.5: null, nothing, an empty array; the empty string is treated alike. */
export function isUnassigned(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.every(isUnassigned)
  if (typeof value === 'object') return Object.values(value).every(isUnassigned)
  return false
}

/** Structural equality of JSON values; the order of keys does not matter, the order of elements does. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((element, index) => deepEqual(element, b[index]))
    )
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
}

/** A deep copy of JSON; `__proto__` as an own key is left out. */
export function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyJson) as T
  if (typeof value !== 'object' || value === null) return value
  const out: Attributes = {}
  for (const key of Object.keys(value))
    if (key !== '__proto__') out[key] = copyJson((value as JsonObject)[key])
  return out as T
}
