import type { ScimHandler } from './context.ts'

export type Methods = Readonly<Record<string, ScimHandler>>
/** By path below the SCIM base; `:id` is one segment. */
export type Routes = Readonly<Record<string, Methods>>
export type Match = { methods: Methods; id: string }

/** The route of a path below the SCIM base, or undefined. Resource names have no case to be forgiving about: one spelling. */
export function matchRoute(routes: Routes, path: string): Match | undefined {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path
  const exact = Object.hasOwn(routes, trimmed) ? routes[trimmed] : undefined
  if (exact) return { methods: exact, id: '' }
  const slash = trimmed.indexOf('/', 1)
  if (slash < 0 || trimmed.includes('/', slash + 1)) return undefined
  const pattern = `${trimmed.slice(0, slash)}/:id`
  const methods = Object.hasOwn(routes, pattern) ? routes[pattern] : undefined
  return methods && { methods, id: decodeSegment(trimmed.slice(slash + 1)) }
}

/** `Allow` of a route (RFC 9110 §10.2.1). */
export function allowedMethods(methods: Methods): string {
  const own = Object.keys(methods)
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
