import { pool, prepared } from '#lib/db/pool'
import type { Caller } from './authenticate.ts'

export type Subject = { id: string; name: string; createdAt: Date }

const FIND_SERVICE_USER = 'SELECT id, name, created_at FROM service_user WHERE team_id = $1 AND id = $2'

/** Whom a token stands for: the service user of its connection. */
export async function subjectOfCaller(caller: Caller): Promise<Subject> {
  const { rows } = await prepared<{ id: string; name: string; created_at: Date }>(
    pool(),
    'service-user-of-caller',
    FIND_SERVICE_USER,
    [caller.teamId, caller.serviceUserId],
  )
  const [row] = rows
  if (!row) throw new Error(`no service user ${caller.serviceUserId}`)
  return { id: row.id, name: row.name, createdAt: row.created_at }
}
