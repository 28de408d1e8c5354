import { isCrossSite } from '#lib/auth/client-of-request'
import { memberOfRequest } from '#lib/auth/member-of-request'
import { isRecentSignIn, signInPath } from '#lib/auth/recent-sign-in'
import type { SignedIn } from '#lib/auth/signed-in'
import { approve } from '#lib/connections/approve'
import { clientOfRequest } from '#lib/connections/client-of-request'
import { deny } from '#lib/connections/deny'
import { createTeam } from '#lib/directory/teams/create-team'
import { codeRedirect, errorRedirect } from '#lib/oauth/authorization-response'
import { OAuthError } from '#lib/oauth/oauth-error'
import { DomainError } from '#lib/platform/domain-error'
import { env } from '#lib/platform/env'
import { isUuid } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { crossSiteAnswer } from '../cross-site.ts'
import { formTooLong, readForm } from '../read-form.ts'
import { seeOther } from './authorize-endpoint.ts'
import { type Browser, browserOfRequest, isFormProof } from './browser-cookie.ts'
import { orProblem } from './or-problem.ts'
import { teamChoices } from './team-choice.ts'

/**
 * POST /oauth/approve/{requestId}/decision: what the approve form sends. Answers 303: back to the client with a code
 * or an error, or back to the form, which then says what is wrong with the values it is given.
 */
export function decisionEndpoint(request: Request, requestId: string): Promise<Response> {
  return orProblem(() => decide(request, requestId))
}

async function decide(request: Request, requestId: string): Promise<Response> {
  const page = `/oauth/approve/${isUuid(requestId) ? requestId : 'unknown'}`
  if (isForged(request)) return crossSiteAnswer()
  const text = await readForm(request)
  if (text === undefined) return formTooLong()
  const form = new URLSearchParams(text)
  const member = await memberOfRequest(request)
  if (!member) return redirect(signInPath(page))
  const browser = browserOfRequest(request)
  if (!browser || !isFormProof(form.get('proof') ?? '', browser, requestId, member.memberId))
    return redirect(page)
  try {
    if (form.get('decision') === 'deny') return await denied(requestId, browser, member)
    if (!isRecentSignIn(member, Date.now())) return redirect(`${signInPath(page)}&again=1`)
    return await approved(requestId, browser, member, form)
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    return redirect(backToForm(page, form, cause))
  }
}

async function approved(
  requestId: string,
  browser: Browser,
  member: SignedIn,
  form: URLSearchParams,
): Promise<Response> {
  const client = await clientOfRequest(requestId)
  const newTeam = form.get('newTeam')?.trim()
  const choices = await teamChoices(member, client?.ownerTeamId ?? null)
  const chosen = choices.teams.find(({ id }) => id === form.get('teamId'))
  if (newTeam ? !choices.mayAdd : !chosen || chosen.reason)
    throw new DomainError('forbidden', 'Choose a team that you administer.', { field: 'team' })
  const person = { id: member.memberId, name: member.name, email: member.email }
  const replaced = form.get('connection')
  const outcome = await approve({
    requestId,
    browserHash: browser.hash,
    member: person,
    team: newTeam
      ? {
          make: (tx) =>
            createTeam(tx, {
              name: newTeam,
              ownerMemberId: member.memberId,
              actor: { kind: 'member', id: member.memberId, name: member.email },
            }),
        }
      : { id: chosen?.id as string },
    serviceUserName: form.get('serviceUserName') ?? '',
    replaceConnectionId: replaced && replaced !== 'new' ? replaced : undefined,
    now: Date.now(),
  })
  const issuer = env().PUBLIC_URL
  return redirect(codeRedirect(outcome.redirectUri, { code: outcome.code, state: outcome.state, issuer }))
}

async function denied(requestId: string, browser: Browser, member: SignedIn): Promise<Response> {
  const { redirectUri, state } = await deny({
    requestId,
    browserHash: browser.hash,
    member: { id: member.memberId, name: member.name, email: member.email },
    now: Date.now(),
  })
  const error = new OAuthError('access_denied', 'The request was denied in Muster.')
  return redirect(errorRedirect(redirectUri, error, { state, issuer: env().PUBLIC_URL }))
}

/** The form's values travel in the address, so that the page can be reloaded; none of them is a secret. */
function backToForm(page: string, form: URLSearchParams, cause: DomainError): string {
  if (cause.code === 'gone') return page
  logger().info({ code: cause.code, field: cause.field }, 'an approval was not possible')
  const back = new URLSearchParams({ check: '1' })
  for (const name of ['teamId', 'newTeam', 'serviceUserName', 'connection']) {
    const value = form.get(name)
    if (value) back.set(name, value.slice(0, 100))
  }
  return `${page}?${back}`
}

/**
 * The page sends no referrer, so browsers write `Origin: null` on its form; where they say nothing better
 * (Sec-Fetch-Site, which plain http lacks), the form's proof decides alone.
 */
function isForged(request: Request): boolean {
  const { headers } = request
  if (!headers.get('sec-fetch-site') && headers.get('origin') === 'null') return false
  return isCrossSite(headers, env().PUBLIC_URL)
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: seeOther(location) })
}
