import type pg from 'pg'

/**
 * Locks a connection, so that what makes tokens for it and what ends them come one after the other: nothing made a
 * moment before escapes a revocation. Every such transaction takes this lock first. Undefined: no such connection.
 */
export async function lockConnection(
  tx: pg.PoolClient,
  teamId: string,
  connectionId: string,
): Promise<{ name: string; usable: boolean; whyNot: string } | undefined> {
  const { rows } = await tx.query<{
    name: string
    disconnected_at: Date | null
    disabled_at: Date | null
    deleted_at: Date | null
  }>(
    `SELECT c.name, c.disconnected_at, s.disabled_at, s.deleted_at
     FROM connection c JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id
     WHERE c.team_id = $1 AND c.id = $2 FOR NO KEY UPDATE OF c`,
    [teamId, connectionId],
  )
  const row = rows[0]
  if (!row) return undefined
  const whyNot = row.disconnected_at
    ? 'The connection was disconnected in Muster.'
    : row.deleted_at
      ? 'The service user was deleted in Muster.'
      : row.disabled_at
        ? 'The service user is disabled in Muster.'
        : ''
  return { name: row.name, usable: whyNot === '', whyNot }
}

/** Ends the live tokens of a family (what one approval led to) from the next request on. Returns how many. */
export async function revokeFamily(
  tx: pg.PoolClient,
  teamId: string,
  familyId: string,
  reason: string,
  now: number,
): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE token SET revoked_at = $3, revoked_reason = $4
     WHERE team_id = $1 AND family_id = $2 AND revoked_at IS NULL`,
    [teamId, familyId, new Date(now), reason],
  )
  return rowCount ?? 0
}

/** Ends all live tokens of a connection, except a family that is just being made. Returns how many. */
export async function revokeConnectionTokens(
  tx: pg.PoolClient,
  teamId: string,
  connectionId: string,
  reason: string,
  now: number,
  exceptFamilyId?: string,
): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE token SET revoked_at = $3, revoked_reason = $4
     WHERE team_id = $1 AND connection_id = $2 AND revoked_at IS NULL AND family_id IS DISTINCT FROM $5`,
    [teamId, connectionId, new Date(now), reason, exceptFamilyId ?? null],
  )
  return rowCount ?? 0
}

/** Leaves a notice on the connection's page: what an admin must know. */
export async function leaveNotice(
  tx: pg.PoolClient,
  teamId: string,
  connectionId: string,
  notice: string,
  now: number,
): Promise<void> {
  await tx.query(`UPDATE connection SET notice = $3, notice_at = $4 WHERE team_id = $1 AND id = $2`, [
    teamId,
    connectionId,
    notice,
    new Date(now),
  ])
}
