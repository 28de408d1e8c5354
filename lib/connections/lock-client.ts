import type pg from 'pg'
import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'

/**
 * Whose client is changed, and by whom. `teamId`: the team that registered it, or null for the installation's own, which
 * only the command line changes. `clientRowId`: the row's id, not the public client id.
 */
export type ClientChange = { teamId: string | null; clientRowId: string; actor: EventActor }

/** Locks a client of whoever `teamId` says. Throws DomainError `not_found`, also for another team's. */
export async function lockClient(
  tx: pg.PoolClient,
  { teamId, clientRowId }: ClientChange,
): Promise<{ name: string; confidential: boolean }> {
  const { rows } = isUuid(clientRowId)
    ? await tx.query<{ name: string; confidential: boolean }>(
        'SELECT name, confidential FROM client WHERE id = $1 AND owner_team_id IS NOT DISTINCT FROM $2 FOR UPDATE',
        [clientRowId, teamId],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'There is no such client in this team.')
  return rows[0]
}

/** Records the change in the team whose client it is; of the installation's own, in each team that it is connected to. */
export async function recordClientEvent(
  tx: pg.PoolClient,
  change: ClientChange,
  event: { action: string; summary: string; name: string; detail?: Record<string, unknown> },
): Promise<void> {
  const { action, summary, name, detail } = event
  const resource = { type: 'Client', id: change.clientRowId, name }
  for (const teamId of await teamsOf(tx, change))
    await recordEvent(tx, { teamId, actor: change.actor, action, summary, resource, detail })
}

/** Tells the pages of the team that registered it that something changed. After the commit. */
export function announceClient({ teamId }: ClientChange): void {
  if (teamId) announce(teamId, 'connections')
}

async function teamsOf(tx: pg.PoolClient, { teamId, clientRowId }: ClientChange): Promise<string[]> {
  if (teamId) return [teamId]
  const { rows } = await tx.query<{ team_id: string }>(
    'SELECT DISTINCT team_id FROM connection WHERE client_id = $1 AND disconnected_at IS NULL',
    [clientRowId],
  )
  return rows.map(({ team_id }) => team_id)
}
