import type pg from 'pg'
import { recordEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { emailKey, readEmail } from '../email.ts'
import { hashPassword } from '../password-hash.ts'
import { checkNewPassword } from '../password-rules.ts'
import { checkOwnerStays, lockOwners } from './lock-owners.ts'

export const MEMBER_ROLES = ['owner', 'admin', 'reviewer'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

export type NewMember = { teamSlug: string; email: string; role: string; password: string; name?: string }

/**
 * Gives a person a role in a team, from the command line; somebody who signs in already keeps their password.
 * Throws DomainError `invalid`, `not_found` (the team), `conflict` (it would take the team's last owner away).
 */
export async function createMember(input: NewMember): Promise<{ memberId: string; created: boolean }> {
  const email = readEmail(input.email)
  const role = MEMBER_ROLES.find((each) => each === input.role)
  if (!role)
    throw new DomainError('invalid', `The role must be ${MEMBER_ROLES.join(', ')}.`, { field: 'role' })
  const teams = await pool().query<{ id: string }>('SELECT id FROM team WHERE slug = $1', [input.teamSlug])
  const teamId = teams.rows[0]?.id
  if (!teamId) throw new DomainError('not_found', `There is no team ${input.teamSlug}.`, { field: 'team' })
  const known = await findByEmail(pool(), email)
  if (!known) checkNewPassword(input.password, email)
  const passwordHash = known ? undefined : await hashPassword(input.password)
  const made = await inTransaction(async (tx) => {
    const owners = await lockOwners(tx, teamId)
    const created = passwordHash ? await insertMember(tx, email, input.name, passwordHash) : undefined
    const memberId = created ?? (await findByEmail(tx, email))
    if (!memberId) throw new DomainError('conflict', `${email} was removed at this moment. Try again.`)
    if (role !== 'owner' && owners.includes(memberId)) checkOwnerStays(owners, memberId)
    await tx.query(
      `INSERT INTO team_member (team_id, member_id, role) VALUES ($1, $2, $3)
       ON CONFLICT (team_id, member_id) DO UPDATE SET role = $3`,
      [teamId, memberId, role],
    )
    await recordEvent(tx, {
      teamId,
      actor: { kind: 'operator', name: 'operator' },
      action: 'member.create',
      summary: `made ${email} ${role}`,
      resource: { type: 'Member', id: memberId, name: email },
    })
    return { memberId, created: created !== undefined }
  })
  announce(teamId, 'sessions')
  return made
}

async function findByEmail(on: Pick<pg.PoolClient, 'query'> | pg.Pool, email: string) {
  const { rows } = await (on as pg.Pool).query<{ id: string }>('SELECT id FROM member WHERE email_key = $1', [
    emailKey(email),
  ])
  return rows[0]?.id
}

/** The new member's id; undefined when somebody else made one with this address a moment ago. */
async function insertMember(
  tx: pg.PoolClient,
  email: string,
  name: string | undefined,
  passwordHash: string,
) {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO member (id, email, email_key, name, password_hash, updated_at) VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (email_key) DO NOTHING RETURNING id`,
    [newId(), email, emailKey(email), name?.trim().slice(0, 100) || email, passwordHash],
  )
  return rows[0]?.id
}
