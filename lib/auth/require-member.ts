import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { mayAddTeam } from './may-add-team.ts'
import { isRecentSignIn, signInPath } from './recent-sign-in.ts'
import { type SessionRead, sessionOfCookies } from './session.ts'
import { type Access, allows, type SignedIn } from './signed-in.ts'
import { type AccessList, accessList, type TeamAccess, type TeamRef } from './team-access.ts'

export type InTeam = { member: SignedIn; team: TeamRef; access: Access; directoryUserId?: string }

const currentSession = cache(async (): Promise<SessionRead> => {
  const jar = await cookies()
  const all = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]))
  return sessionOfCookies(all, Date.now())
})

/** Who is signed in, read once a request; undefined for nobody. For pages and server actions. */
export async function currentMember(): Promise<SignedIn | undefined> {
  return (await currentSession()).member
}

const listOf = cache(async (member: SignedIn, slug?: string): Promise<AccessList> => accessList(member, slug))

/** Who is signed in; everyone else goes to the sign-in page and comes back to `nextPath`. */
export async function requireMember(nextPath?: string): Promise<SignedIn> {
  const { member, refused } = await currentSession()
  if (refused) redirect(`/sign-in?error=${refused}`)
  if (!member) redirect(signInPath(nextPath ?? (await pathOfRequest())))
  return member
}

/** The teams a signed-in person may use, by name. */
export async function teamsOf(member: SignedIn): Promise<TeamAccess[]> {
  return (await listOf(member)).teams
}

/** Whether a signed-in person may make another team. */
export async function mayAddTeamNow(member: SignedIn): Promise<boolean> {
  return mayAddTeam(member, await listOf(member))
}

/**
 * The signed-in person in a team they may use as `needs` asks. A team that is not theirs is not found, whether or not
 * it exists; too little access, or a deactivated account, leads to a page that says who can help.
 */
export async function requireTeam(slug: string, needs: Access): Promise<InTeam> {
  const member = await requireMember()
  // Explicit memberships are few, and the frame around the page asks for all of them: read once. The directory has to look
  // into each team.
  const { teams, deactivatedIn } = await (member.method === 'oidc' ? listOf(member, slug) : listOf(member))
  const found = teams.find((each) => each.team.slug === slug)
  if (found && allows(found.access, needs)) return { member, ...found }
  if (found) redirect(`/no-access?team=${encodeURIComponent(slug)}&needs=${needs}`)
  if (deactivatedIn.some((team) => team.slug === slug))
    redirect(`/no-access?team=${encodeURIComponent(slug)}`)
  notFound()
}

/** Sends the person to sign in again when that was longer ago than `maxAgeMinutes`; they come back to `nextPath`. */
export async function requireRecentSignIn(
  member: SignedIn,
  nextPath: string,
  maxAgeMinutes = 15,
): Promise<void> {
  if (!isRecentSignIn(member, Date.now(), maxAgeMinutes)) redirect(`${signInPath(nextPath)}&again=1`)
}

/** The path being asked for, when the proxy passed it on. */
async function pathOfRequest(): Promise<string> {
  return (await headers()).get('x-muster-path') ?? '/'
}
