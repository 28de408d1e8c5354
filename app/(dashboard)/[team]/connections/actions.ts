'use server'

import { revalidatePath } from 'next/cache'
import type { FormState } from '#components/ui/action-form'
import { requireRecentSignIn, requireTeam } from '#lib/auth/require-member'
import { rotateClientSecret, setClientDisabled } from '#lib/connections/client-pages'
import { connectionDetail } from '#lib/connections/connection-detail'
import { createClient } from '#lib/connections/create-client'
import { createServiceUser } from '#lib/connections/create-service-user'
import { disconnect } from '#lib/connections/disconnect'
import { expireServiceUser } from '#lib/connections/expire-service-user'
import { rotateStaticToken } from '#lib/connections/rotate-static-token'
import { field, formResult } from '#lib/http/form-action'
import { oktaAppName, oktaRedirectUris } from '#lib/oauth/okta-redirect-uris'
import { DomainError } from '#lib/platform/domain-error'

/** What was made, with its secret: it is in the answer to this form and nowhere else afterwards. */
export type SecretState = FormState & {
  clientRowId?: string
  clientId?: string
  secret?: string
  connectionId?: string
  scimBaseUrl?: string
}

async function admin(slug: string, recently = true) {
  const { team, member } = await requireTeam(slug, 'admin')
  if (recently) await requireRecentSignIn(member, `/${slug}/connections`, 60)
  return {
    teamId: team.id,
    member,
    actor: { kind: 'member' as const, id: member.memberId, name: member.email },
  }
}

export async function registerClient(
  slug: string,
  _state: SecretState,
  form: FormData,
): Promise<SecretState> {
  let made: SecretState = {}
  const result = await formResult(async () => {
    const { teamId, member, actor } = await admin(slug)
    const given = field(form, 'appName')
    const appName = given ? oktaAppName(given) : undefined
    if (given && !appName)
      throw new DomainError(
        'invalid',
        'Paste the address of the app in Okta’s Admin Console, or its name: the part between /app/ and /instance/.',
      )
    const extra = field(form, 'redirectUri')
    const redirectUris = [...(appName ? oktaRedirectUris(appName) : []), ...(extra ? [extra] : [])]
    if (redirectUris.length === 0)
      throw new DomainError('invalid', 'Give the app’s name in Okta, or a redirect URI.')
    const client = await createClient({
      name: field(form, 'name') || 'Okta',
      redirectUris,
      appName,
      ownerTeamId: teamId,
      registeredBy: member.email,
      actor,
    })
    made = { clientRowId: client.id, clientId: client.clientId, secret: client.clientSecret }
  })
  return { ...result, ...made }
}

export async function makeByHand(slug: string, _state: SecretState, form: FormData): Promise<SecretState> {
  let made: SecretState = {}
  const result = await formResult(async () => {
    const { teamId, member, actor } = await admin(slug)
    const user = await createServiceUser({
      teamId,
      name: field(form, 'name'),
      createdBy: member.email,
      actor,
    })
    made = { connectionId: user.connection.id, secret: user.token, scimBaseUrl: user.scimBaseUrl }
  })
  return { ...result, ...made }
}

export async function newClientSecret(
  slug: string,
  clientRowId: string,
  _state: SecretState,
): Promise<SecretState> {
  let secret: string | undefined
  const result = await formResult(async () => {
    const { teamId, actor } = await admin(slug)
    secret = (await rotateClientSecret({ teamId, clientRowId, actor, now: Date.now() })).secret
  })
  return { ...result, secret }
}

export async function toggleClient(slug: string, clientRowId: string, disabled: boolean): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await setClientDisabled({ teamId, clientRowId, disabled, actor, now: Date.now() })
    revalidatePath(`/${slug}/connections`)
  })
}

export async function newToken(
  slug: string,
  connectionId: string,
  _state: SecretState,
): Promise<SecretState> {
  let secret: string | undefined
  const result = await formResult(async () => {
    const { teamId, actor } = await admin(slug)
    secret = (await rotateStaticToken({ teamId, connectionId, actor, now: Date.now() })).token
  })
  return { ...result, secret }
}

export async function expireTokens(slug: string, connectionId: string): Promise<void> {
  const { teamId, actor } = await admin(slug)
  const connection = await connectionDetail(teamId, connectionId)
  if (connection) await expireServiceUser({ teamId, serviceUserId: connection.serviceUser.id, actor })
  revalidatePath(`/${slug}/connections/${connectionId}`)
}

export async function endConnection(slug: string, connectionId: string): Promise<void> {
  const { teamId, actor } = await admin(slug)
  await disconnect({ teamId, connectionId, actor, now: Date.now() })
  revalidatePath(`/${slug}/connections/${connectionId}`)
}
