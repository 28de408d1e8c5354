import { deepEqual, isUnassigned } from '../json-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import { ScimError } from '../scim-error.ts'

/** Immutable: may be set once; afterwards only to what it is (RFC 7644 §3.5.2). */
export function checkMutability(attribute: Attribute, before: unknown, after: unknown): void {
  if (attribute.mutability !== 'immutable' || isUnassigned(before) || deepEqual(before, after)) return
  throw new ScimError(
    400,
    'mutability',
    `${attribute.path} is immutable: it has a value and cannot be changed.`,
  )
}
