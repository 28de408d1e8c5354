import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { lockConnection } from './revoke-tokens.ts'

/** Ends a connection and its tokens from the next request on. What it pushed stays. Throws DomainError `not_found`. */
export async function disconnect(given: {
  teamId: string
  connectionId: string
  actor: EventActor
  now: number
}): Promise<void> {
  const { teamId, connectionId, actor } = given
  await inTransaction(async (tx) => {
    const connection = isUuid(connectionId) ? await lockConnection(tx, teamId, connectionId) : undefined
    if (!connection) throw new DomainError('not_found', 'There is no such connection in this team.')
    const at = new Date(given.now)
    await tx.query(
      'UPDATE connection SET disconnected_at = coalesce(disconnected_at, $3) WHERE team_id = $1 AND id = $2',
      [teamId, connectionId, at],
    )
    await tx.query(
      `UPDATE token SET revoked_at = $3, revoked_reason = 'disconnected' WHERE team_id = $1 AND connection_id = $2 AND revoked_at IS NULL`,
      [teamId, connectionId, at],
    )
    await recordEvent(tx, {
      teamId,
      actor,
      action: 'connection.disconnect',
      summary: `disconnected ${connection.name}`,
      resource: { type: 'Connection', id: connectionId, name: connection.name },
    })
  })
  announce(teamId, 'connections')
}
