import { env } from '#lib/platform/env'
import { type CursorPosition, type CursorScope, decodeCursor, encodeCursor } from '#lib/scim/cursor'

export const CURSOR_LIFETIME_SECONDS = 24 * 3600

/** A cursor that only this installation can make: its secret in the scope makes the checksum a signature. */
export function writeCursor(position: CursorPosition, scope: CursorScope): string {
  return encodeCursor(position, [...scope, env().MUSTER_SECRET], Date.now())
}

/** The position in a cursor that `writeCursor` made. Throws ScimError 400 `invalidCursor`, `expiredCursor`. */
export function readCursor(cursor: string, scope: CursorScope): CursorPosition {
  return decodeCursor(cursor, [...scope, env().MUSTER_SECRET], Date.now(), CURSOR_LIFETIME_SECONDS)
}
