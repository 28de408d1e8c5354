import { type EventActor, eventValues, insertEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { uniqueViolation } from '#lib/db/unique-violation'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { roleById } from './role-by-id.ts'

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
