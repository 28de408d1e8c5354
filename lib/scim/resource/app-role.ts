import { type Attributes, isObject } from '../json-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'

/**
 * A role whose `value` is an object written into a string, as Entra's PATCH sends it for AppRoleAssignmentsComplex
 * (`{"id":"06b0…","value":"Admin","displayName":"Admin"}`; tests/transcripts/entra/users.json): its value and display,
 * as Entra's own POST has them. Anything else stays what it is.
 */
export function unwrapAppRole(attribute: Attribute, role: Attributes): Attributes {
  if (attribute.path !== 'roles' || typeof role.value !== 'string' || !role.value.startsWith('{')) return role
  const inner = parseObject(role.value)
  if (typeof inner?.value !== 'string' || inner.value === '') return role
  const display = typeof inner.displayName === 'string' ? { display: inner.displayName } : {}
  return { ...display, ...role, value: inner.value }
}

function parseObject(text: string): Attributes | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
