import { pool, prepared } from '#lib/db/pool'
import { type SignInAccess, signInAccess } from '#lib/directory/users/sign-in-access'
import { emailKey } from './email.ts'
import { type Access, mostPermissive, type SignedIn } from './signed-in.ts'

export type TeamRef = { id: string; slug: string; name: string }
export type TeamAccess = { team: TeamRef; access: Access; directoryUserId?: string }

/** What a member may use, and where the directory shut them out. */
export type AccessList = { teams: TeamAccess[]; deactivatedIn: TeamRef[] }

const BY_ROLE: Record<string, Access> = {
  access_admin: 'admin',
  reporting_user: 'reviewer',
  access_user: 'self',
}

/**
 * The teams a signed-in person may use, by name. Explicit membership counts always; the directory counts for sessions
 * that the OpenID provider vouched for, since only then is the address known to be theirs. There a deactivated directory
 * user has no access to the team, explicit membership or not (docs/decisions/036).
 * `slug` narrows it to one team.
 */
export async function accessList(
  member: Pick<SignedIn, 'memberId' | 'email' | 'method'>,
  slug?: string,
): Promise<AccessList> {
  const [explicit, directory] = await Promise.all([
    explicitTeams(member.memberId, slug),
    member.method === 'oidc' ? signInAccess(emailKey(member.email), slug) : [],
  ])
  const byTeam = new Map<string, { team: TeamRef; explicit?: Access; directory?: SignInAccess }>()
  for (const { role, ...team } of explicit) byTeam.set(team.id, { team, explicit: role })
  for (const user of directory) {
    const team = { id: user.teamId, slug: user.slug, name: user.name }
    byTeam.set(team.id, { ...byTeam.get(team.id), team, directory: user })
  }
  const list: AccessList = { teams: [], deactivatedIn: [] }
  for (const { team, explicit: role, directory: user } of byTeam.values()) {
    if (user && !user.active) {
      list.deactivatedIn.push(team)
      continue
    }
    const access = mostPermissive([role, ...(user?.roles ?? []).map((name) => BY_ROLE[name])])
    if (access) list.teams.push({ team, access, ...(user && { directoryUserId: user.directoryUserId }) })
  }
  list.teams.sort((a, b) => a.team.name.localeCompare(b.team.name) || (a.team.slug < b.team.slug ? -1 : 1))
  return list
}

async function explicitTeams(memberId: string, slug?: string): Promise<(TeamRef & { role: Access })[]> {
  const { rows } = await prepared<TeamRef & { role: Access }>(
    pool(),
    'teams-of-member',
    `SELECT t.id, t.slug, t.name, m.role FROM team_member m JOIN team t ON t.id = m.team_id
     WHERE m.member_id = $1 AND ($2::text IS NULL OR t.slug = $2)`,
    [memberId, slug ?? null],
  )
  return rows
}
