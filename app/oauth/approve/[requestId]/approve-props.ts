import type { GrantPermissionsProps } from '#components/approve/approve-types'
import { teamsOf } from '#lib/auth/require-member'
import { allows, type SignedIn } from '#lib/auth/signed-in'
import type { SavedRequest } from '#lib/connections/authorization-request'
import { liveConnectionOf } from '#lib/connections/live-connection-of'
import { suggestServiceUserName } from '#lib/connections/suggest-service-user-name'

const ROLE_WORDS = { owner: 'Owner', admin: 'Admin', reviewer: 'Reviewer', self: 'User' } as const
const DEFAULT_NAME = 'okta-provisioning'

/** What the approve screen shows: the teams that may be chosen, a free name, and what went wrong the last time. */
export async function approveProps(
  request: SavedRequest,
  member: SignedIn,
  search: Record<string, string | undefined>,
): Promise<Omit<GrantPermissionsProps, 'action' | 'switchAccountHref'>> {
  const mine = await teamsOf(member)
  const { ownerTeamId } = request.client
  const teams = mine.map(({ team, access }) => ({
    id: team.id,
    name: team.name,
    role: ROLE_WORDS[access],
    reason: !allows(access, 'admin')
      ? 'You do not administer it. Ask one of its owners.'
      : ownerTeamId && ownerTeamId !== team.id
        ? 'This client belongs to another team.'
        : undefined,
  }))
  const able = teams.filter((team) => !team.reason)
  const chosen =
    able.find((team) => team.id === search.team) ?? able.find((team) => team.id === ownerTeamId) ?? able[0]
  const existing = chosen && (await liveConnectionOf(chosen.id, request.client.id))
  const slug = mine.find(({ team }) => team.id === chosen?.id)?.team.slug
  const suggestion = await suggestServiceUserName(
    DEFAULT_NAME,
    able.map((team) => team.id),
  )
  return {
    client: {
      name: request.client.name,
      clientId: request.client.clientId,
      registeredBy: request.client.registeredBy ?? undefined,
      registeredAt: request.client.createdAt.toISOString(),
      verified: ownerTeamId !== null && ownerTeamId === chosen?.id,
    },
    memberEmail: member.email,
    teams,
    teamId: chosen?.id ?? '',
    mayAddTeam: ownerTeamId === null,
    scopes: request.scope.split(' '),
    redirectUri: request.redirectUri,
    serviceUserName: {
      value: search.name ?? suggestion,
      error: search.problem ? PROBLEMS[search.problem] : undefined,
      suggestion: search.free,
    },
    existingConnectionHref: existing && slug ? `/${slug}/connections/${existing.id}` : undefined,
    existingConnectionId: existing?.id,
    formError: search.team_problem
      ? 'Choose a team that you administer, or write the name of a new one.'
      : undefined,
    endsAt: request.expiresAt.toISOString(),
  }
}

const PROBLEMS: Record<string, string> = {
  taken: 'This name is already in use in the team.',
  invalid:
    'Use 3 to 63 characters: a–z, 0–9 and -, beginning with a letter and ending with a letter or digit. Some names are reserved.',
}
