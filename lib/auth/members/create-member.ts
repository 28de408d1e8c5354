import { recordEventWithPrisma } from '#lib/activity/record-event'
import { prisma } from '#lib/db/prisma-client'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { emailKey } from '../email.ts'
import { hashPassword } from '../password-hash.ts'
import { checkNewPassword } from '../password-rules.ts'

export const MEMBER_ROLES = ['owner', 'admin', 'reviewer'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

export type NewMember = { teamSlug: string; email: string; role: string; password: string; name?: string }

/**
 * Gives a person a role in a team, from the command line; somebody who signs in already keeps their password.
 * Throws DomainError `invalid`, `not_found` (the team).
 */
export async function createMember(input: NewMember): Promise<{ memberId: string; created: boolean }> {
  const email = input.email.trim()
  const role = MEMBER_ROLES.find((each) => each === input.role)
  if (!role)
    throw new DomainError('invalid', `The role must be ${MEMBER_ROLES.join(', ')}.`, { field: 'role' })
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw new DomainError('invalid', 'The email must look like dana@example.com.', { field: 'email' })
  const team = await prisma().team.findUnique({ where: { slug: input.teamSlug } })
  if (!team) throw new DomainError('not_found', `There is no team ${input.teamSlug}.`, { field: 'team' })
  const existing = await prisma().member.findUnique({ where: { emailKey: emailKey(email) } })
  if (!existing) checkNewPassword(input.password, email)
  const passwordHash = existing ? undefined : await hashPassword(input.password)
  const memberId = existing?.id ?? newId()
  await prisma().$transaction(async (tx) => {
    if (!existing)
      await tx.member.create({
        data: {
          id: memberId,
          email,
          emailKey: emailKey(email),
          name: input.name?.trim() || email,
          passwordHash,
        },
      })
    await tx.teamMember.upsert({
      where: { teamId_memberId: { teamId: team.id, memberId } },
      create: { teamId: team.id, memberId, role },
      update: { role },
    })
    await recordEventWithPrisma(tx, {
      teamId: team.id,
      actor: { kind: 'operator', name: 'operator' },
      action: 'member.create',
      summary: `made ${email} ${role}`,
      resource: { type: 'Member', id: memberId, name: email },
    })
  })
  return { memberId, created: !existing }
}
