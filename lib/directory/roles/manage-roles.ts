import { type EventActor, eventValues, insertEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { uniqueViolation } from '#lib/db/unique-violation'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid, newId } from '#lib/platform/ids'
import { grantByRules } from './rule-sql.ts'

export type RoleInput = { name: string; displayName: string; description: string }

const ROLE_NAME = /^[a-z][a-z0-9_]{1,62}$/

function checkRole({ name, displayName, description }: RoleInput): RoleInput {
  const checked = { name: name.trim(), displayName: displayName.trim(), description: description.trim() }
  if (!ROLE_NAME.test(checked.name))
    throw new DomainError(
      'invalid',
      'A role’s name has 2 to 63 lower-case letters, digits and _, and begins with a letter, such as payroll_editor.',
      { field: 'name' },
    )
  if (checked.displayName.length < 1 || checked.displayName.length > 100)
    throw new DomainError('invalid', 'Give the role a title of 1 to 100 characters.', {
      field: 'displayName',
    })
  if (checked.description.length > 1000)
    throw new DomainError('invalid', 'The description may have up to 1,000 characters.', {
      field: 'description',
    })
  return checked
}

/** Defines a role of the team's own. Throws DomainError `invalid`, `conflict` (the name is taken). */
export async function createRole(
  teamId: string,
  input: RoleInput,
  actor: EventActor,
): Promise<{ id: string }> {
  const role = checkRole(input)
  const id = newId()
  try {
    await pool().query(
      `WITH made AS (INSERT INTO role (team_id, id, name, display_name, description, updated_at) VALUES ($1, $2, $3, $4, $5, now()) RETURNING id)
       ${insertEvent(6, 'FROM made')}`,
      [
        teamId,
        id,
        role.name,
        role.displayName,
        role.description,
        ...eventValues({
          teamId,
          actor,
          action: 'role.create',
          summary: `defined the role ${role.name}`,
          resource: { type: 'Role', id, name: role.name },
        }),
      ],
    )
  } catch (cause) {
    if (uniqueViolation(cause) === undefined) throw cause
    throw new DomainError('conflict', `There is a role ${role.name} already.`, { field: 'name' })
  }
  announce(teamId, 'settings')
  return { id }
}

/** Changes a role's title and description; its name, which SCIM clients hold, stays. Built-in roles do not change. */
export async function updateRole(
  teamId: string,
  id: string,
  input: Omit<RoleInput, 'name'>,
  actor: EventActor,
): Promise<void> {
  const role = await ownRole(teamId, id)
  const checked = checkRole({ ...input, name: role.name })
  await pool().query(
    `WITH changed AS (UPDATE role SET display_name = $3, description = $4, updated_at = now() WHERE team_id = $1 AND id = $2 RETURNING id) ${insertEvent(5, 'FROM changed')}`,
    [
      teamId,
      id,
      checked.displayName,
      checked.description,
      ...eventValues({
        teamId,
        actor,
        action: 'role.update',
        summary: `changed the role ${role.name}`,
        resource: { type: 'Role', id, name: role.name },
      }),
    ],
  )
  announce(teamId, 'settings')
}

/** Removes a role of the team's own, with its grants and rules. */
export async function deleteRole(teamId: string, id: string, actor: EventActor): Promise<void> {
  const role = await ownRole(teamId, id)
  await pool().query(
    `WITH gone AS (DELETE FROM role WHERE team_id = $1 AND id = $2 RETURNING id) ${insertEvent(3, 'FROM gone')}`,
    [
      teamId,
      id,
      ...eventValues({
        teamId,
        actor,
        action: 'role.delete',
        summary: `removed the role ${role.name}`,
        resource: { type: 'Role', id, name: role.name },
      }),
    ],
  )
  announce(teamId, 'access')
}

async function ownRole(teamId: string, id: string): Promise<{ name: string }> {
  const role = await roleById(teamId, id)
  if (role.builtin)
    throw new DomainError(
      'forbidden',
      `${role.name} is a role that every team has; it cannot be changed or removed.`,
    )
  return role
}

async function roleById(teamId: string, id: string): Promise<{ name: string; builtin: boolean }> {
  const { rows } = isUuid(id)
    ? await pool().query<{ name: string; builtin: boolean }>(
        'SELECT name, builtin FROM role WHERE team_id = $1 AND id = $2',
        [teamId, id],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'There is no such role in this team.')
  return rows[0]
}

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

export type RuleInput = { match: 'exact' | 'pattern'; pattern: string; roleId: string }

/**
 * Adds a rule "a pushed group named … gets role …" and applies it to the pushed groups that are there already.
 * Returns how many groups got the role now.
 */
export async function createRule(
  teamId: string,
  input: RuleInput,
  actor: EventActor,
): Promise<{ id: string; granted: number }> {
  const pattern = input.pattern.trim()
  if (pattern.length < 1 || pattern.length > 200)
    throw new DomainError(
      'invalid',
      'Write the group’s name, or a pattern with * and ?, of up to 200 characters.',
      { field: 'pattern' },
    )
  if (input.match === 'pattern' && !/[^*?\s]/.test(pattern))
    throw new DomainError(
      'invalid',
      'This pattern would match every group. Give it some letters, such as Ops *.',
      { field: 'pattern' },
    )
  const role = await roleById(teamId, input.roleId)
  const id = newId()
  const granted = await inTransaction(async (tx) => {
    await tx.query(
      'INSERT INTO role_rule (team_id, id, match, pattern, role_id, created_by) VALUES ($1, $2, $3, $4, $5, $6)',
      [teamId, id, input.match, pattern, input.roleId, actor.name],
    )
    const { rowCount } = await tx.query(
      grantByRules(
        '$1',
        `(SELECT id, name_key, managed_by FROM directory_group WHERE team_id = $1 AND system IS NULL)`,
      ),
      [teamId],
    )
    const summary = `added the rule: pushed groups named ${pattern} get ${role.name}`
    await tx.query(
      insertEvent(1, ''),
      eventValues({
        teamId,
        actor,
        action: 'rule.create',
        summary,
        resource: { type: 'Role', id: input.roleId, name: role.name },
        detail: { ruleId: id, granted: rowCount },
      }),
    )
    return rowCount ?? 0
  }).catch((cause) => {
    if (uniqueViolation(cause) === undefined) throw cause
    throw new DomainError('conflict', `There is a rule for ${pattern} and ${role.name} already.`, {
      field: 'pattern',
    })
  })
  announce(teamId, 'access')
  return { id, granted }
}

/** Removes a rule and the grants it made. */
export async function deleteRule(teamId: string, id: string, actor: EventActor): Promise<void> {
  if (!isUuid(id)) throw new DomainError('not_found', 'There is no such rule in this team.')
  await inTransaction(async (tx) => {
    await tx.query('DELETE FROM role_grant WHERE team_id = $1 AND rule_id = $2', [teamId, id])
    const { rows } = await tx.query<{ pattern: string; role_id: string; name: string }>(
      'DELETE FROM role_rule l USING role r WHERE l.team_id = $1 AND l.id = $2 AND r.team_id = $1 AND r.id = l.role_id RETURNING l.pattern, l.role_id, r.name',
      [teamId, id],
    )
    const gone = rows[0]
    if (!gone) throw new DomainError('not_found', 'There is no such rule in this team.')
    const summary = `removed the rule: pushed groups named ${gone.pattern} get ${gone.name}`
    await tx.query(
      insertEvent(1, ''),
      eventValues({
        teamId,
        actor,
        action: 'rule.delete',
        summary,
        resource: { type: 'Role', id: gone.role_id, name: gone.name },
      }),
    )
  })
  announce(teamId, 'access')
}
