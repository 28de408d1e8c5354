import { deepEqual, isObject, type JsonObject, own } from '../json-value.ts'
import type { ResourceDefinition } from '../schema/resource-definition.ts'

/** One attribute that differs; `before` or `after` is undefined where it has no value. */
export type Change = { readonly path: string; readonly before: unknown; readonly after: unknown }

/**
 * What differs between two states of a resource: one entry for each attribute, for each sub-attribute of a
 * single-valued complex attribute, and for each attribute of an extension. Also right for a PUT.
 */
export function changesBetween(
  before: JsonObject,
  after: JsonObject,
  definition: ResourceDefinition,
): Change[] {
  const changes: Change[] = []
  for (const key of keysOf(before, after)) {
    const x = own(before, key)
    const y = own(after, key)
    if (definition.extensions.has(key.toLowerCase())) {
      const a = isObject(x) ? x : {}
      const b = isObject(y) ? y : {}
      for (const name of keysOf(a, b)) compare(`${key}:${name}`, own(a, name), own(b, name), changes)
    } else {
      compare(key, x, y, changes)
    }
  }
  return changes
}

function compare(path: string, before: unknown, after: unknown, changes: Change[]): void {
  if (deepEqual(before, after)) return
  if (isObject(before) && isObject(after)) {
    for (const key of keysOf(before, after))
      compare(`${path}.${key}`, own(before, key), own(after, key), changes)
  } else {
    changes.push({ path, before, after })
  }
}

function keysOf(a: JsonObject, b: JsonObject): Set<string> {
  return new Set([...Object.keys(a), ...Object.keys(b)])
}
