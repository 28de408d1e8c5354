import { mayAddTeam } from '#lib/auth/may-add-team'
import type { SignedIn } from '#lib/auth/signed-in'
import { allows } from '#lib/auth/signed-in'
import { accessList } from '#lib/auth/team-access'

export type TeamChoice = { id: string; slug: string; name: string; role: string; reason?: string }
export type TeamChoices = { teams: TeamChoice[]; mayAdd: boolean }

const ROLE_WORDS = { owner: 'Owner', admin: 'Admin', reviewer: 'Reviewer', self: 'User' } as const

/**
 * The teams a person may connect a client to, the others with the reason why not, and whether they may add one. A
 * client that belongs to a team connects that team only.
 */
export async function teamChoices(member: SignedIn, ownerTeamId: string | null): Promise<TeamChoices> {
  const list = await accessList(member)
  return {
    teams: list.teams.map(({ team, access }) => ({
      ...team,
      role: ROLE_WORDS[access],
      reason: reasonAgainst(team.id, ownerTeamId, allows(access, 'admin')),
    })),
    mayAdd: ownerTeamId === null && mayAddTeam(member, list),
  }
}

function reasonAgainst(teamId: string, ownerTeamId: string | null, admin: boolean): string | undefined {
  if (ownerTeamId !== null && ownerTeamId !== teamId) return 'This client belongs to another team'
  return admin ? undefined : 'Only its owners and admins may connect a client'
}
