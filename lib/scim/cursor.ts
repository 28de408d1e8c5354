import { createHash } from 'node:crypto'
import { ScimError } from './scim-error.ts'

/** Where a page ended: the sort key's values and the row's tie-breaker, as the query needs them to go on. */
export type CursorPosition = readonly (string | number | boolean | null)[]

type Payload = { readonly p: CursorPosition; readonly i: number }

/** What a cursor belongs to: it is refused with another filter, order, resource type or team. */
export type CursorScope = readonly (string | undefined)[]

const MAX_CURSOR_LENGTH = 8192

/**
 * An opaque cursor (RFC 9865): base64url of a checksum and a payload. The checksum catches damage and use
 * with another query; with a secret in the scope it is a signature, and what comes back is what was written.
 * @param issuedAt milliseconds since the epoch
 */
export function encodeCursor(position: CursorPosition, scope: CursorScope, issuedAt: number): string {
  const payload = JSON.stringify({ p: position, i: issuedAt } satisfies Payload)
  return Buffer.concat([checksum(payload, scope), Buffer.from(payload)]).toString('base64url')
}

/**
 * The position a cursor stands for. Throws ScimError 400 `invalidCursor`, or `expiredCursor` when it is older than
 * `lifetimeSeconds`.
 * @param now milliseconds since the epoch
 */
export function decodeCursor(
  cursor: string,
  scope: CursorScope,
  now: number,
  lifetimeSeconds: number,
): CursorPosition {
  const invalid = new ScimError(
    400,
    'invalidCursor',
    'The cursor is damaged or belongs to another query; start again without it.',
  )
  if (cursor.length > MAX_CURSOR_LENGTH || !/^[\w-]+$/.test(cursor)) throw invalid
  const bytes = Buffer.from(cursor, 'base64url')
  const payload = bytes.subarray(12).toString()
  if (!checksum(payload, scope).equals(bytes.subarray(0, 12))) throw invalid
  const { p, i } = JSON.parse(payload) as Payload
  if (now - i > lifetimeSeconds * 1000) {
    throw new ScimError(
      400,
      'expiredCursor',
      `The cursor is older than ${lifetimeSeconds} seconds; start again without it.`,
    )
  }
  return p
}

function checksum(payload: string, scope: CursorScope): Buffer {
  const text = JSON.stringify([payload, scope.map((part) => part ?? null)])
  return createHash('sha256').update(text).digest().subarray(0, 12)
}
