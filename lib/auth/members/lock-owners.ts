import type pg from 'pg'
import { DomainError } from '#lib/platform/domain-error'

/**
 * The owners of a team who can sign in, with the team locked until the transaction ends: the one lock that all changes
 * of a team's members meet at, so that two of them cannot together leave it without an owner.
 */
export async function lockOwners(tx: pg.PoolClient, teamId: string): Promise<string[]> {
  await tx.query('SELECT 1 FROM team WHERE id = $1 FOR UPDATE', [teamId])
  const { rows } = await tx.query<{ member_id: string }>(
    `SELECT t.member_id FROM team_member t JOIN member m ON m.id = t.member_id
     WHERE t.team_id = $1 AND t.role = 'owner' AND m.disabled_at IS NULL`,
    [teamId],
  )
  return rows.map(({ member_id }) => member_id)
}

/** Refuses to take the last owner away. Throws DomainError `conflict`. */
export function checkOwnerStays(owners: readonly string[], leaving: string): void {
  if (!owners.some((each) => each !== leaving))
    throw new DomainError('conflict', 'A team needs an owner. Make somebody else owner first.')
}
