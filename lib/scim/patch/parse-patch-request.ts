import { isObject, kindOf, ownIgnoringCase } from '../json-value.ts'
import { PATCH_OP } from '../messages.ts'
import { addNote, type Note, shorten } from '../note.ts'
import { ScimError } from '../scim-error.ts'
import { MAX_PATCH_OPERATIONS, type PatchOperation } from './patch-operation.ts'

export type PatchRequest = { readonly operations: readonly PatchOperation[]; readonly notes: readonly Note[] }

/**
 * The operations of a PATCH body (RFC 7644 §3.5.2). `op` has no case (Entra sends "Add"). A body without the
 * PatchOp URN is accepted with a note. Throws ScimError 400: `invalidSyntax` for the shape of the body,
 * `noTarget` for a remove without a path, `invalidValue` for an add or replace without a usable value.
 */
export function parsePatchRequest(body: unknown): PatchRequest {
  if (!isObject(body)) throw syntax(`A PATCH body must be a JSON object; it was ${kindOf(body)}.`)
  const notes: Note[] = []
  const schemas = ownIgnoringCase(body, 'schemas')
  const named =
    Array.isArray(schemas) &&
    schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === PATCH_OP.toLowerCase())
  if (!named) addNote(notes, 'schemas', `"schemas" does not list ${PATCH_OP}; it was assumed.`)
  const operations = ownIgnoringCase(body, 'Operations')
  if (!Array.isArray(operations) || operations.length === 0) {
    throw syntax('A PATCH body must have "Operations", an array of at least one operation.')
  }
  if (operations.length > MAX_PATCH_OPERATIONS) {
    throw syntax(
      `The PATCH has ${operations.length} operations; at most ${MAX_PATCH_OPERATIONS} are accepted.`,
    )
  }
  return { operations: operations.map(parseOperation), notes }
}

function parseOperation(operation: unknown, index: number): PatchOperation {
  const where = `Operation ${index + 1}`
  if (!isObject(operation)) throw syntax(`${where} must be an object; it was ${kindOf(operation)}.`)
  const rawOp = ownIgnoringCase(operation, 'op')
  const op = typeof rawOp === 'string' ? rawOp.toLowerCase() : ''
  if (op !== 'add' && op !== 'remove' && op !== 'replace') {
    const found = typeof rawOp === 'string' ? shorten(rawOp) : kindOf(rawOp)
    throw syntax(`${where}: "op" must be add, remove or replace; it was ${found}.`)
  }
  const rawPath = ownIgnoringCase(operation, 'path')
  const value = ownIgnoringCase(operation, 'value')
  if (rawPath !== undefined && rawPath !== null && typeof rawPath !== 'string') {
    throw new ScimError(400, 'invalidPath', `${where}: "path" must be a string; it was ${kindOf(rawPath)}.`)
  }
  const path = typeof rawPath === 'string' && rawPath.trim() !== '' ? rawPath.trim() : undefined
  if (op === 'remove') {
    if (path === undefined) throw new ScimError(400, 'noTarget', `${where}: a remove needs a "path".`)
    return { op, path, value }
  }
  if (value === undefined) throw new ScimError(400, 'invalidValue', `${where}: ${op} needs a "value".`)
  if (path === undefined && !isObject(value)) {
    const detail = `${where}: without a "path" the "value" must be an object; it was ${kindOf(value)}.`
    throw new ScimError(400, 'invalidValue', detail)
  }
  return { op, path, value }
}

function syntax(detail: string): ScimError {
  return new ScimError(400, 'invalidSyntax', detail)
}
