import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { lockServiceUser } from './lock-service-user.ts'
import { checkExpiry, checkOverlap, OVERLAP_MS, overlapInWords } from './overlap.ts'
import { lockConnection } from './revoke-tokens.ts'
import { makeToken } from './token-format.ts'

/** Tokens that may be live side by side: one in use, one that replaces it, and room for a mistake. */
export const MOST_LIVE_TOKENS = 5

export type RotatedToken = { token: string; name: string; othersEndAt: Date; othersLive: number }

/**
 * A new static token for a service user now; the ones before it end at `othersEndAt` (in two days when it is left out, and
 * at their own time where that comes first), so that the client can be changed without a gap. `expiresAt`: when the new
 * one ends; without it, never. The text is shown once.
 * Throws DomainError `not_found`, `invalid` (a time), `conflict` (nothing to use it with, or too many live).
 */
export async function rotateStaticToken(given: {
  teamId: string
  serviceUserId: string
  othersEndAt?: Date
  expiresAt?: Date
  actor: EventActor
  now: number
}): Promise<RotatedToken> {
  const { teamId, serviceUserId, expiresAt, actor, now } = given
  const othersEndAt = checkOverlap(given.othersEndAt ?? new Date(now + OVERLAP_MS), now)
  checkExpiry(expiresAt, now)
  const token = makeToken('static', teamId)
  const rotated = await inTransaction(async (tx) => {
    const { name, connectionIds } = await lockServiceUser(tx, teamId, serviceUserId)
    const connectionId = await usableConnection(tx, teamId, connectionIds)
    const others = await tx.query(
      `UPDATE token SET expires_at = least(coalesce(expires_at, $3), $3)
       WHERE team_id = $1 AND service_user_id = $2 AND kind = 'static' AND revoked_at IS NULL
         AND (expires_at IS NULL OR expires_at > $4)
       RETURNING expires_at > $4 AS live`,
      [teamId, serviceUserId, othersEndAt, new Date(now)],
    )
    const othersLive = others.rows.filter(({ live }) => live).length
    if (othersLive >= MOST_LIVE_TOKENS)
      throw new DomainError(
        'conflict',
        `A service user may have ${MOST_LIVE_TOKENS} live tokens. End one of them first.`,
      )
    await tx.query(
      `INSERT INTO token (team_id, token_hash, id, kind, family_id, connection_id, service_user_id, scope, hint, created_at, expires_at)
       VALUES ($1, $2, $3, 'static', $4, $5, $6, 'scim', $7, $8, $9)`,
      [
        teamId,
        token.hash,
        newId(now),
        newId(now),
        connectionId,
        serviceUserId,
        token.hint,
        new Date(now),
        expiresAt ?? null,
      ],
    )
    await recordEvent(tx, {
      teamId,
      actor,
      action: 'token.rotate',
      summary: `made a new token for ${name}${others.rowCount ? `; the ones before it end ${overlapInWords(othersEndAt, now)}` : ''}`,
      resource: { type: 'ServiceUser', id: serviceUserId, name },
    })
    return { name, othersLive }
  })
  announce(teamId, 'connections')
  return { token: token.text, othersEndAt, ...rotated }
}

/** The one that still lives, or the reason why none does. */
async function usableConnection(
  tx: Parameters<typeof lockConnection>[0],
  teamId: string,
  connectionIds: string[],
): Promise<string> {
  let whyNot = 'This service user has no connection.'
  for (const id of connectionIds) {
    const connection = await lockConnection(tx, teamId, id)
    if (connection?.usable) return id
    if (connection) whyNot = connection.whyNot
  }
  throw new DomainError('conflict', whyNot)
}
