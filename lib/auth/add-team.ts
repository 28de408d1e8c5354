import { prisma } from '#lib/db/prisma-client'
import { type CreatedTeam, createTeam } from '#lib/directory/teams/create-team'
import type { SignedIn } from './signed-in.ts'

/** A new team whose owner is the signed-in person. */
export function addTeamFor(member: SignedIn, name: string): Promise<CreatedTeam> {
  return prisma().$transaction((tx) =>
    createTeam(tx, {
      name,
      ownerMemberId: member.memberId,
      actor: { kind: 'member', id: member.memberId, name: member.email },
    }),
  )
}
