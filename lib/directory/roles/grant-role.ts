import { type EventActor, eventValues, insertEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { roleById } from './role-by-id.ts'

/** Grants a role to a group. Granting again changes nothing. The roles of `owners` are fixed. */
export async function grantRole(
  teamId: string,
  groupId: string,
  roleId: string,
  actor: EventActor,
): Promise<void> {
  const [role, group] = await Promise.all([roleById(teamId, roleId), groupById(teamId, groupId)])
  if (group.system === 'owners') throw ownersFixed()
  await pool().query(
    `WITH granted AS (INSERT INTO role_grant (team_id, group_id, role_id, granted_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING role_id) ${insertEvent(5, 'FROM granted')}`,
    [
      teamId,
      groupId,
      roleId,
      actor.name,
      ...eventValues({
        teamId,
        actor,
        action: 'role.grant',
        summary: `granted ${role.name} to ${group.name}`,
        resource: { type: 'Group', id: groupId, name: group.name },
        detail: { roleId },
      }),
    ],
  )
  announce(teamId, 'access')
}

/** Takes a role from a group. One that a rule granted comes back when the rule applies anew. */
export async function revokeGrant(
  teamId: string,
  groupId: string,
  roleId: string,
  actor: EventActor,
): Promise<void> {
  const [role, group] = await Promise.all([roleById(teamId, roleId), groupById(teamId, groupId)])
  if (group.system === 'owners') throw ownersFixed()
  await pool().query(
    `WITH revoked AS (DELETE FROM role_grant WHERE team_id = $1 AND group_id = $2 AND role_id = $3 RETURNING role_id) ${insertEvent(4, 'FROM revoked')}`,
    [
      teamId,
      groupId,
      roleId,
      ...eventValues({
        teamId,
        actor,
        action: 'role.revoke',
        summary: `took ${role.name} from ${group.name}`,
        resource: { type: 'Group', id: groupId, name: group.name },
        detail: { roleId },
      }),
    ],
  )
  announce(teamId, 'access')
}

async function groupById(teamId: string, id: string): Promise<{ name: string; system: string | null }> {
  const { rows } = isUuid(id)
    ? await pool().query<{ name: string; system: string | null }>(
        'SELECT display_name AS name, system FROM directory_group WHERE team_id = $1 AND id = $2',
        [teamId, id],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'There is no such group in this team.')
  return rows[0]
}

function ownersFixed(): DomainError {
  return new DomainError(
    'forbidden',
    'The roles of owners cannot be changed: somebody must always be able to administer the team.',
  )
}
