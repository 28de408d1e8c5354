import type pg from 'pg'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { lockConnection } from './revoke-tokens.ts'

export type LockedServiceUser = { name: string; disabled: boolean; connectionIds: string[] }

/**
 * Locks a service user's connections, in the order in which every other transaction takes such locks, and then itself:
 * nothing that is being issued at this moment escapes what follows. Throws DomainError `not_found`, also for a deleted one.
 */
export async function lockServiceUser(
  tx: pg.PoolClient,
  teamId: string,
  serviceUserId: string,
): Promise<LockedServiceUser> {
  const gone = () => new DomainError('not_found', 'There is no such service user in this team.')
  if (!isUuid(serviceUserId)) throw gone()
  const connections = await tx.query<{ id: string }>(
    'SELECT id FROM connection WHERE team_id = $1 AND service_user_id = $2 ORDER BY id',
    [teamId, serviceUserId],
  )
  for (const { id } of connections.rows) await lockConnection(tx, teamId, id)
  const { rows } = await tx.query<{ name: string; disabled_at: Date | null }>(
    'SELECT name, disabled_at FROM service_user WHERE team_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE',
    [teamId, serviceUserId],
  )
  if (!rows[0]) throw gone()
  return {
    name: rows[0].name,
    disabled: rows[0].disabled_at !== null,
    connectionIds: connections.rows.map(({ id }) => id),
  }
}
