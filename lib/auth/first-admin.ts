import { recordEventWithPrisma } from '#lib/activity/record-event'
import { hashToken } from '#lib/connections/token-format'
import { prisma } from '#lib/db/prisma-client'
import { createTeam } from '#lib/directory/teams/create-team'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { emailKey } from './email.ts'
import { hashPassword } from './password-hash.ts'
import { checkNewPassword } from './password-rules.ts'
import { isSetupToken } from './setup-link.ts'

export type FirstAdmin = { token: string; teamName: string; name: string; email: string; password: string }

/**
 * Makes the first admin and the first team, once and for good: the row of the set-up link is locked, so that of two who
 * submit at once one gets `gone`. Throws DomainError `invalid`, `gone`.
 */
export async function createFirstAdmin(input: FirstAdmin): Promise<{ memberId: string; teamSlug: string }> {
  // Before a password is hashed, which costs: anybody may send this form.
  if (!(await isSetupToken(input.token))) throw gone()
  const email = input.email.trim()
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > 254)
    throw new DomainError('invalid', 'Write your email address, such as dana@example.com.', {
      field: 'email',
    })
  if (!input.name.trim()) throw new DomainError('invalid', 'Write your name.', { field: 'name' })
  checkNewPassword(input.password, email)
  const passwordHash = await hashPassword(input.password)
  return prisma().$transaction(async (tx) => {
    const link = await tx.$queryRaw<
      { id: number }[]
    >`SELECT id FROM setup_link WHERE token_hash = ${hashToken(input.token)} AND consumed_at IS NULL FOR UPDATE`
    if (link.length === 0 || (await tx.member.count()) > 0) throw gone()
    const memberId = newId()
    await tx.member.create({
      data: {
        id: memberId,
        email,
        emailKey: emailKey(email),
        name: input.name.trim().slice(0, 120),
        passwordHash,
      },
    })
    const team = await createTeam(tx, { name: input.teamName, ownerMemberId: memberId })
    await tx.setupLink.update({ where: { id: 1 }, data: { consumedAt: new Date() } })
    await recordEventWithPrisma(tx, {
      teamId: team.id,
      actor: { kind: 'member', id: memberId, name: email },
      action: 'setup',
      summary: 'set Muster up and became the first owner',
    })
    return { memberId, teamSlug: team.slug }
  })
}

function gone(): DomainError {
  return new DomainError(
    'gone',
    'The set-up is done, or this link was replaced by a newer one. The terminal in which Muster runs shows the newest.',
  )
}
