import { prisma } from '#lib/db/prisma-client'
import { type CreatedTeam, createTeam } from '#lib/directory/teams/create-team'
import { DomainError } from '#lib/platform/domain-error'
import { mayAddTeam } from './may-add-team.ts'
import type { SignedIn } from './signed-in.ts'
import { accessList } from './team-access.ts'

/** A new team whose owner is the signed-in person. Throws DomainError `forbidden`, `invalid`. */
export async function addTeamFor(member: SignedIn, name: string): Promise<CreatedTeam> {
  if (!mayAddTeam(member, await accessList(member)))
    throw new DomainError('forbidden', 'Only who administers a team may add another. Ask one of its owners.')
  return prisma().$transaction((tx) =>
    createTeam(tx, {
      name,
      ownerMemberId: member.memberId,
      actor: { kind: 'member', id: member.memberId, name: member.email },
    }),
  )
}
