'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { createServiceUser } from '#lib/connections/create-service-user'
import { deleteServiceUser } from '#lib/connections/delete-service-user'
import { expireServiceUser } from '#lib/connections/expire-service-user'
import { expireToken } from '#lib/connections/expire-token'
import { renameServiceUser } from '#lib/connections/rename-service-user'
import { rotateStaticToken } from '#lib/connections/rotate-static-token'
import { setServiceUserDisabled } from '#lib/connections/set-service-user-disabled'
import { field, formResult } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'
import { adminOf } from '../admin-of.ts'
import { readEnd, readOthersEnd } from '../read-end.ts'

/** A service user with a new token, whose text is in the answer to this form and nowhere else afterwards. */
export type TokenState = FormState & {
  made?: { token: string; name: string; href: string; othersEndAt?: string }
  /** What was typed, with the field that is wrong. */
  typed?: { name: string; error?: string; suggestion?: string }
}

const pageOf = (slug: string, id: string) => `/${slug}/connections/service-users/${id}`

export async function makeServiceUser(slug: string, _state: TokenState, form: FormData): Promise<TokenState> {
  const { teamId, email, actor, now } = await adminOf(slug, `/${slug}/connections/service-users/new`)
  const name = field(form, 'name')
  try {
    const made = await createServiceUser({
      teamId,
      name,
      createdBy: email,
      actor,
      expiresAt: readEnd(form, 'expires', now),
      now,
    })
    const { serviceUser, token } = made
    return { made: { token, name: serviceUser.name, href: pageOf(slug, serviceUser.id) } }
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    if (cause.field !== 'name') return { error: cause.message, typed: { name } }
    return { typed: { name, error: cause.message, suggestion: cause.suggestion } }
  }
}

export async function makeToken(
  slug: string,
  id: string,
  _state: TokenState,
  form: FormData,
): Promise<TokenState> {
  let made: TokenState['made']
  const result = await formResult(async () => {
    const { teamId, actor, now } = await adminOf(slug, `${pageOf(slug, id)}/token`)
    const rotated = await rotateStaticToken({
      teamId,
      serviceUserId: id,
      othersEndAt: readOthersEnd(form, now),
      expiresAt: readEnd(form, 'expires', now),
      actor,
      now,
    })
    made = {
      token: rotated.token,
      name: rotated.name,
      href: pageOf(slug, id),
      othersEndAt: rotated.othersLive > 0 ? rotated.othersEndAt.toISOString() : undefined,
    }
  })
  return { ...result, made }
}

export async function rename(
  slug: string,
  id: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await adminOf(slug)
    const { name } = await renameServiceUser({ teamId, serviceUserId: id, name: field(form, 'name'), actor })
    revalidatePath(pageOf(slug, id))
    return { done: `It is called ${name} now.` }
  })
}

export async function setDisabled(slug: string, id: string, disabled: boolean): Promise<FormState> {
  return formResult(async () => {
    await setServiceUserDisabled({ serviceUserId: id, disabled, ...(await adminOf(slug, pageOf(slug, id))) })
    revalidatePath(pageOf(slug, id))
  })
}

/** Ends all tokens now, or with `kind` those of one kind. */
export async function expireAll(slug: string, id: string, kind?: 'access'): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor, now } = await adminOf(slug, pageOf(slug, id))
    await expireServiceUser({ teamId, serviceUserId: id, kinds: kind && [kind], actor, now })
    revalidatePath(pageOf(slug, id))
  })
}

export async function expireOne(slug: string, id: string, tokenId: string): Promise<FormState> {
  return formResult(async () => {
    await expireToken({ serviceUserId: id, tokenId, ...(await adminOf(slug, pageOf(slug, id))) })
    revalidatePath(pageOf(slug, id))
  })
}

export async function remove(slug: string, id: string): Promise<FormState> {
  const result = await formResult(async () => {
    await deleteServiceUser({ serviceUserId: id, ...(await adminOf(slug, pageOf(slug, id))) })
    revalidatePath(`/${slug}/connections`)
  })
  return result.error ? result : redirect(`/${slug}/connections/service-users`)
}
