import { isCrossSite } from '#lib/auth/client-of-request'
import { readCookies } from '#lib/auth/cookies'
import { memberOfRequest } from '#lib/auth/member-of-request'
import { allows, type SignedIn } from '#lib/auth/signed-in'
import { accessList } from '#lib/auth/team-access'
import { approve } from '#lib/connections/approve'
import { authorizationRequest } from '#lib/connections/authorization-request'
import { deny } from '#lib/connections/deny'
import { normalizeServiceUserName, serviceUserNameProblem } from '#lib/connections/service-user-name'
import { createTeam } from '#lib/directory/teams/create-team'
import { codeRedirect, errorRedirect } from '#lib/oauth/authorization-response'
import { DomainError } from '#lib/platform/domain-error'
import { env } from '#lib/platform/env'
import { browserCookieName, browserHashOf, redirect } from './authorize.ts'

const RECENT_MS = 60 * 60_000

/**
 * What the approve form posts: from our own page only, for the browser and the person that the request belongs to.
 * Answers 303 to the client's redirect URI, or back to the form with what to correct.
 */
export async function decide(request: Request, requestId: string): Promise<Response> {
  if (isCrossSite(request.headers, env().PUBLIC_URL))
    return new Response('This form was sent from another site.', { status: 403 })
  const here = `/oauth/approve/${encodeURIComponent(requestId)}`
  const now = Date.now()
  const member = await memberOfRequest(request, now)
  if (!member || now - member.reauthenticatedAt.getTime() > RECENT_MS)
    return redirect(`/sign-in?next=${encodeURIComponent(here)}`)
  const form = new URLSearchParams(await request.text())
  const browserHash = browserHashOf(readCookies(request.headers.get('cookie'))[browserCookieName()])
  if (!browserHash) return redirect(here)
  const decider = { browserHash, member: { id: member.memberId, name: member.name, email: member.email } }
  const issuer = env().PUBLIC_URL
  try {
    if (form.get('decision') !== 'approve') {
      const denied = await deny({ ...decider, requestId, now })
      return redirect(
        errorRedirect(
          denied.redirectUri,
          { error: 'access_denied', description: 'The request was denied in Muster.' },
          { state: denied.state, issuer },
        ),
      )
    }
    const found = await authorizationRequest(requestId, browserHash, now)
    const ownerTeamId = 'request' in found ? found.request.client.ownerTeamId : null
    const team = await chosenTeam(form, member, ownerTeamId)
    if (!team) return redirect(back(here, form, { team_problem: '1' }))
    const approved = await approve({
      ...decider,
      requestId,
      team,
      serviceUserName: form.get('serviceUserName') ?? '',
      replaceConnectionId: form.get('replace') || undefined,
      now,
    })
    return redirect(
      codeRedirect(approved.redirectUri, { code: approved.code, state: approved.state, issuer }),
    )
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    if (cause.code === 'gone') return redirect(here)
    if (cause.field === 'name' && form.get('newTeam')?.trim())
      return redirect(back(here, form, { team_problem: '1' }))
    return redirect(
      back(here, form, {
        problem: cause.code === 'conflict' ? 'taken' : 'invalid',
        free: cause.suggestion ?? '',
      }),
    )
  }
}

/** The team by id if the person administers it; a new one by name, made with the approval. */
async function chosenTeam(form: URLSearchParams, member: SignedIn, ownerTeamId: string | null) {
  const name = form.get('newTeam')?.trim()
  if (name && ownerTeamId === null)
    return {
      make: (tx: Parameters<typeof createTeam>[0]) =>
        createTeam(tx, {
          name,
          ownerMemberId: member.memberId,
          actor: { kind: 'member' as const, id: member.memberId, name: member.email },
        }),
    }
  const { teams } = await accessList(member)
  const team = teams.find((each) => each.team.id === form.get('teamId') && allows(each.access, 'admin'))
  return team && { id: team.team.id }
}

function back(here: string, form: URLSearchParams, more: Record<string, string>): string {
  const query = new URLSearchParams({
    name: (form.get('serviceUserName') ?? '').slice(0, 100),
    team: (form.get('teamId') ?? '').slice(0, 40),
    ...more,
  })
  return `${here}?${query}`
}
