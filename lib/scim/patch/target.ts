import type { Filter } from '../filter/ast.ts'
import type { Attributes } from '../json-value.ts'
import type { Reading } from '../resource/read-value.ts'
import type { Attribute } from '../schema/resource-definition.ts'
import type { PatchOperation } from './patch-operation.ts'

/** The copy being patched, and what reading values carries along. */
export type PatchContext = { readonly resource: Attributes; readonly reading: Reading }

export type Target = {
  readonly op: PatchOperation['op']
  /** The attribute itself, not its sub-attribute. */
  readonly target: Attribute
  readonly sub: Attribute | undefined
  readonly filter: Filter | undefined
  readonly value: unknown
  /** The path as the client wrote it, for messages. */
  readonly text: string
}
