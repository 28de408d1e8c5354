import { adminsOf } from '#lib/auth/admins-of'
import type { SignedIn } from '#lib/auth/signed-in'
import { CODE_SECONDS } from '#lib/connections/approve'
import { authorizationRequest, type SavedRequest } from '#lib/connections/authorization-request'
import { type LiveConnection, liveConnections } from '#lib/connections/live-connections'
import { liveTokens } from '#lib/connections/live-tokens'
import {
  normalizeServiceUserName,
  serviceUserNameProblem,
  toServiceUserName,
} from '#lib/connections/service-user-name'
import { serviceUserNameTaken, suggestServiceUserName } from '#lib/connections/suggest-service-user-name'
import { type Browser, formProof } from './browser-cookie.ts'
import { type TeamChoice, type TeamChoices, teamChoices } from './team-choice.ts'

export type ApproveSearch = Partial<
  Record<'teamId' | 'newTeam' | 'serviceUserName' | 'connection' | 'check' | 'choose', string>
>
export type NameField = { value: string; error?: string; suggestion?: string }
export type ExistingConnection = {
  id: string
  serviceUserName: string
  href: string
  approvedBy: string
  approvedAt: string
  /** No token of it opens anything any more, and no code is on its way to become one. */
  ended: boolean
}

/** What the approve page shows: one state of it, with all that this state needs. */
export type ApproveView =
  | { kind: 'ended'; clientName?: string }
  | { kind: 'used'; clientName: string; denied: boolean; connection?: { teamId: string; id: string } }
  | (Shown & { kind: 'not-admin'; admins: string[] })
  | (Shown & { kind: 'choose'; newTeam?: { value: string; error?: string } })
  | (Shown & {
      kind: 'grant'
      team: TeamChoice | { name: string; isNew: true }
      name: NameField
      existing: ExistingConnection[]
      connection: string
    })
type Shown = { request: SavedRequest; proof: string; teams: TeamChoice[]; mayAdd: boolean }

/** Reads what the request, the person's teams and the form's values come to. Nothing is changed by looking. */
export async function approveView(
  requestId: string,
  browser: Browser | undefined,
  member: SignedIn,
  search: ApproveSearch,
  now: number,
): Promise<ApproveView> {
  const found = await authorizationRequest(requestId, browser?.hash, now)
  if (found.state === 'unknown' || !browser) return { kind: 'ended' }
  const { request } = found
  if (found.state === 'expired') return { kind: 'ended', clientName: request.client.name }
  if (found.state === 'used')
    return {
      kind: 'used',
      clientName: request.client.name,
      denied: found.decision === 'denied',
      connection: found.connection,
    }
  const choices = await teamChoices(member, request.client.ownerTeamId)
  const shown: Shown = { request, proof: formProof(browser, request.id, member.memberId), ...choices }
  const open = choices.teams.filter((team) => !team.reason)
  if (open.length === 0 && !choices.mayAdd) {
    const { ownerTeamId, registeredBy } = request.client
    const own = choices.teams.filter(({ id }) => ownerTeamId === null || ownerTeamId === id)
    const admins = await adminsOf(own.map(({ id }) => id))
    return {
      kind: 'not-admin',
      ...shown,
      admins: admins.length > 0 || !registeredBy ? admins : [registeredBy],
    }
  }
  const named = choices.mayAdd ? search.newTeam?.trim().replace(/\s+/g, ' ') : undefined
  const own = named ? choices.teams.find((team) => isCalled(team, named)) : undefined
  if (named && own?.reason)
    return { kind: 'choose', ...shown, newTeam: { value: named, error: `${own.name}: ${own.reason}.` } }
  const newTeam = own ? undefined : named
  if (newTeam) {
    if (newTeam.length > 60)
      return {
        kind: 'choose',
        ...shown,
        newTeam: { value: newTeam, error: 'Give the team a name of 1 to 60 characters.' },
      }
    const name = await nameField(request, [], search, newTeam)
    return {
      kind: 'grant',
      ...shown,
      team: { name: newTeam, isNew: true },
      name,
      existing: [],
      connection: 'new',
    }
  }
  const team = own ?? chosenTeam(choices, open, search)
  if (!team) return { kind: 'choose', ...shown }
  const connections = await liveConnections(request.client.id, [team.id])
  const existing = await Promise.all(connections.map((each) => existingConnection(team.slug, each, now)))
  return {
    kind: 'grant',
    ...shown,
    team,
    name: await nameField(request, [team.id], search, team.name),
    existing,
    connection: chosenConnection(existing, search),
  }
}

async function existingConnection(
  slug: string,
  { id, teamId, serviceUserName, approvedBy, approvedAt }: LiveConnection,
  now: number,
): Promise<ExistingConnection> {
  const tokens = await liveTokens(teamId, { connectionId: id }, now)
  return {
    id,
    serviceUserName,
    approvedBy,
    approvedAt: approvedAt.toISOString(),
    href: `/${slug}/connections/${id}`,
    ended: tokens.length === 0 && approvedAt.getTime() + CODE_SECONDS * 1000 < now,
  }
}

/** The one that was asked for. Without a word the only one there is, when it has ended: somebody connects it again. */
function chosenConnection(existing: ExistingConnection[], { connection }: ApproveSearch): string {
  if (connection) return existing.some(({ id }) => id === connection) ? connection : 'new'
  const [first] = existing
  return existing.length === 1 && first?.ended ? first.id : 'new'
}

/** Whoever writes the name of a team they are in means that team, and not another of its name. */
function isCalled(team: TeamChoice, name: string): boolean {
  return [team.name, team.slug].some((each) => each.toLowerCase() === name.toLowerCase())
}

/** The one that was asked for; without a word, the only one there is. */
function chosenTeam(choices: TeamChoices, open: TeamChoice[], search: ApproveSearch): TeamChoice | undefined {
  if (search.teamId) return open.find(({ id }) => id === search.teamId)
  if (search.choose || choices.teams.length !== 1) return undefined
  return open[0]
}

async function nameField(
  { client }: SavedRequest,
  teamIds: string[],
  search: ApproveSearch,
  teamName: string,
): Promise<NameField> {
  const typed = search.serviceUserName
  if (typed === undefined && !search.check)
    return {
      value: await suggestServiceUserName(
        client.kind === 'okta' ? 'okta-provisioning' : toServiceUserName(`${client.name}-provisioning`),
        teamIds,
      ),
    }
  const value = normalizeServiceUserName(typed ?? '')
  const problem = serviceUserNameProblem(value)
  if (problem)
    return {
      value,
      error: problem,
      suggestion: await suggestServiceUserName(toServiceUserName(value), teamIds),
    }
  const [teamId] = teamIds
  if (teamId === undefined || !(await serviceUserNameTaken(teamId, value))) return { value }
  const suggestion = await suggestServiceUserName(value, teamIds)
  return { value, error: `“${value}” is already in use in ${teamName}. Try “${suggestion}”.`, suggestion }
}
