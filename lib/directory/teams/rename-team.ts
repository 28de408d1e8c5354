import { type EventActor, eventValues, insertEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'

/** Changes the name that people read; the address (slug) stays, so that links keep working. */
export async function renameTeam(teamId: string, name: string, actor: EventActor): Promise<void> {
  const trimmed = name.trim()
  if (trimmed.length < 1 || trimmed.length > 60)
    throw new DomainError('invalid', 'A team’s name has 1 to 60 characters.', { field: 'name' })
  await pool().query(
    `WITH changed AS (UPDATE team SET name = $2, updated_at = now() WHERE id = $1 AND name <> $2 RETURNING id) ${insertEvent(3, 'FROM changed')}`,
    [
      teamId,
      trimmed,
      ...eventValues({ teamId, actor, action: 'team.rename', summary: `renamed the team to ${trimmed}` }),
    ],
  )
  announce(teamId, 'settings')
}
