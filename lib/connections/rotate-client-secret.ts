import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid, newId } from '#lib/platform/ids'
import { makeClientSecret } from './client-secret.ts'
import { announceClient, type ClientChange, lockClient, recordClientEvent } from './lock-client.ts'
import { checkOverlap, OVERLAP_MS, overlapInWords } from './overlap.ts'

const MOST_LIVE = 5

/**
 * A new secret for a client now; those before it end at `othersEndAt` (in two days when it is left out), so that a leaked
 * one is replaced without approving again: tokens go on. The text is shown once.
 * Throws DomainError `not_found`, `invalid` (the time), `conflict` (a public client, or too many live).
 */
export async function rotateClientSecret(
  given: ClientChange & { othersEndAt?: Date; now: number },
): Promise<{ secret: string; othersEndAt: Date; othersLive: number }> {
  const { clientRowId, now } = given
  const othersEndAt = checkOverlap(given.othersEndAt ?? new Date(now + OVERLAP_MS), now)
  const secret = makeClientSecret()
  const othersLive = await inTransaction(async (tx) => {
    const { name, confidential } = await lockClient(tx, given)
    if (!confidential)
      throw new DomainError('conflict', 'A public client has no secret: it proves itself by PKCE.')
    const others = await tx.query<{ live: boolean }>(
      `UPDATE client_secret SET expires_at = least(coalesce(expires_at, $2), $2)
       WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $3) RETURNING expires_at > $3 AS live`,
      [clientRowId, othersEndAt, new Date(now)],
    )
    const live = others.rows.filter((each) => each.live).length
    if (live >= MOST_LIVE)
      throw new DomainError('conflict', `A client may have ${MOST_LIVE} live secrets. End one of them first.`)
    await tx.query(
      'INSERT INTO client_secret (id, client_id, secret_hash, hint, created_at) VALUES ($1, $2, $3, $4, $5)',
      [newId(now), clientRowId, secret.hash, secret.hint, new Date(now)],
    )
    const ends = others.rowCount ? `; the one before it ends ${overlapInWords(othersEndAt, now)}` : ''
    await recordClientEvent(tx, given, {
      action: 'client.rotate',
      summary: `made a new secret for the client ${name}${ends}`,
      name,
    })
    return live
  })
  announceClient(given)
  return { secret: secret.text, othersEndAt, othersLive }
}

/** Ends one secret of a client now. The last one stays, since without it the client is cut off: disable it instead. */
export async function endClientSecret(
  given: ClientChange & { secretId: string; now: number },
): Promise<void> {
  const { clientRowId, secretId, now } = given
  await inTransaction(async (tx) => {
    const { name } = await lockClient(tx, given)
    const { rows } = await tx.query<{ id: string; hint: string }>(
      'SELECT id, hint FROM client_secret WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2)',
      [clientRowId, new Date(now)],
    )
    const secret = rows.find(({ id }) => isUuid(secretId) && id === secretId)
    if (!secret) throw new DomainError('not_found', 'This secret has ended already.')
    if (rows.length === 1)
      throw new DomainError('conflict', 'It is the only one. Make a new secret, or disable the client.')
    await tx.query('UPDATE client_secret SET expires_at = $2 WHERE id = $1', [secretId, new Date(now)])
    await recordClientEvent(tx, given, {
      action: 'client.secret.end',
      summary: `ended the secret …${secret.hint} of the client ${name}`,
      name,
    })
  })
  announceClient(given)
}
