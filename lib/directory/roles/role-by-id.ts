import { pool } from '#lib/db/pool'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'

/** A role of the team. Throws DomainError `not_found`. */
export async function roleById(teamId: string, id: string): Promise<{ name: string; builtin: boolean }> {
  const { rows } = isUuid(id)
    ? await pool().query<{ name: string; builtin: boolean }>(
        'SELECT name, builtin FROM role WHERE team_id = $1 AND id = $2',
        [teamId, id],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'There is no such role in this team.')
  return rows[0]
}
