import type pg from 'pg'
import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'

/** Whose client is changed, and by whom. `clientRowId`: the row's id, not the public client id. */
export type ClientChange = { teamId: string; clientRowId: string; actor: EventActor }

/** Locks a client that the team registered. Throws DomainError `not_found`, also for another team's. */
export async function lockClient(
  tx: pg.PoolClient,
  { teamId, clientRowId }: ClientChange,
): Promise<{ name: string; confidential: boolean }> {
  const { rows } = isUuid(clientRowId)
    ? await tx.query<{ name: string; confidential: boolean }>(
        'SELECT name, confidential FROM client WHERE id = $1 AND owner_team_id = $2 FOR UPDATE',
        [clientRowId, teamId],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'There is no such client in this team.')
  return rows[0]
}

export function recordClientEvent(
  tx: pg.PoolClient,
  change: ClientChange,
  event: { action: string; summary: string; name: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { action, summary, name, detail } = event
  return recordEvent(tx, {
    teamId: change.teamId,
    actor: change.actor,
    action,
    summary,
    resource: { type: 'Client', id: change.clientRowId, name },
    detail,
  })
}
