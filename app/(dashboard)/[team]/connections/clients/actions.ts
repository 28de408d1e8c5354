'use server'

import { revalidatePath } from 'next/cache'
import type { FormState } from '#components/ui/action-form'
import {
  addRedirectUris,
  removeRedirectUri,
  renameClient,
  setClientDisabled,
} from '#lib/connections/change-client'
import { connectClient } from '#lib/connections/connect-client'
import { createClient } from '#lib/connections/create-client'
import { endClientSecret, rotateClientSecret } from '#lib/connections/rotate-client-secret'
import { field, formResult } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'
import { adminOf } from '../admin-of.ts'
import { readOthersEnd } from '../read-end.ts'
import { readRedirectUris } from '../read-redirect-uris.ts'

/** A client's secret: it is in the answer to this form and nowhere else afterwards. Empty for a public client. */
export type ClientState = FormState & {
  made?: { clientRowId: string; clientId?: string; secret: string; othersEndAt?: string }
}

const pageOf = (slug: string, id: string) => `/${slug}/connections/clients/${id}`

/** Registers an Okta app (`appName`), or any other client. Registering gives no access: approving does. */
export async function registerClient(
  slug: string,
  _state: ClientState,
  form: FormData,
): Promise<ClientState> {
  let made: ClientState['made']
  const result = await formResult(async () => {
    const { teamId, email, actor } = await adminOf(slug)
    const { appName, redirectUris } = readRedirectUris(form)
    const confidential = field(form, 'type') !== 'public'
    const byCredentials = field(form, 'kind') === 'other' && confidential
    if (redirectUris.length === 0 && !byCredentials)
      throw new DomainError('invalid', 'Give the app’s address in Okta, or a redirect URI.')
    const client = await createClient({
      name: field(form, 'name') || 'Okta',
      kind: field(form, 'kind') === 'other' ? 'other' : 'okta',
      redirectUris,
      appName,
      confidential,
      ownerTeamId: teamId,
      registeredBy: email,
      actor,
    })
    made = { clientRowId: client.id, clientId: client.clientId, secret: client.clientSecret }
  })
  return { ...result, made }
}

export async function newSecret(
  slug: string,
  clientRowId: string,
  _state: ClientState,
  form: FormData,
): Promise<ClientState> {
  let made: ClientState['made']
  const result = await formResult(async () => {
    const { teamId, actor, now } = await adminOf(slug, `${pageOf(slug, clientRowId)}/secret`)
    const othersEndAt = readOthersEnd(form, now)
    const rotated = await rotateClientSecret({ teamId, clientRowId, othersEndAt, actor, now })
    made = {
      clientRowId,
      secret: rotated.secret,
      othersEndAt: rotated.othersLive > 0 ? rotated.othersEndAt.toISOString() : undefined,
    }
  })
  return { ...result, made }
}

export async function endSecret(slug: string, clientRowId: string, secretId: string): Promise<FormState> {
  return change(slug, clientRowId, async ({ teamId, actor, now }) => {
    await endClientSecret({ teamId, clientRowId, secretId, actor, now })
  })
}

export async function toggleClient(slug: string, clientRowId: string, disabled: boolean): Promise<FormState> {
  return change(slug, clientRowId, async ({ teamId, actor, now }) => {
    await setClientDisabled({ teamId, clientRowId, disabled, actor, now })
  })
}

export async function addUris(
  slug: string,
  clientRowId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return change(slug, clientRowId, async ({ teamId, actor }) => {
    const added = await addRedirectUris({ teamId, clientRowId, actor, ...readRedirectUris(form) })
    return { done: added === 0 ? 'They were registered already.' : `Registered ${added}.` }
  })
}

export async function removeUri(slug: string, clientRowId: string, uri: string): Promise<FormState> {
  return change(slug, clientRowId, async ({ teamId, actor }) => {
    await removeRedirectUri({ teamId, clientRowId, uri, actor })
  })
}

export async function rename(
  slug: string,
  clientRowId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return change(slug, clientRowId, async ({ teamId, actor }) => {
    await renameClient({ teamId, clientRowId, name: field(form, 'name'), actor })
    return { done: 'Renamed.' }
  })
}

/** For the client credentials grant: a connection without a browser. */
export async function connect(
  slug: string,
  clientRowId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return change(slug, clientRowId, async ({ teamId, email, actor, now }) => {
    await connectClient({ teamId, clientRowId, name: field(form, 'name'), createdBy: email, actor, now })
    return { done: 'Connected. The client gets its own tokens from now on.' }
  })
}

type Admin = Awaited<ReturnType<typeof adminOf>>

async function change(
  slug: string,
  clientRowId: string,
  work: (admin: Admin) => ReturnType<Parameters<typeof formResult>[0]>,
): Promise<FormState> {
  return formResult(async () => {
    const done = await work(await adminOf(slug, pageOf(slug, clientRowId)))
    revalidatePath(pageOf(slug, clientRowId))
    return done
  })
}
