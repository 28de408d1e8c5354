import { type NewEvent, recordEvent } from '#lib/activity/record-event'
import type { Queryable } from '#lib/db/pool'

/** Records what became of a person's account in each team that they are a member of. Takes part in `tx`'s transaction. */
export async function recordAccountEvent(
  tx: Queryable,
  memberId: string,
  event: Omit<NewEvent, 'teamId' | 'resource'>,
): Promise<void> {
  const { rows } = await (tx as { query(text: string, values: unknown[]): Promise<{ rows: Row[] }> }).query(
    `SELECT t.team_id, m.email FROM team_member t JOIN member m ON m.id = t.member_id WHERE t.member_id = $1`,
    [memberId],
  )
  for (const { team_id: teamId, email } of rows)
    await recordEvent(tx, { ...event, teamId, resource: { type: 'Member', id: memberId, name: email } })
}

type Row = { team_id: string; email: string }
