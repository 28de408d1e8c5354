'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { requestOrigin } from '#lib/auth/client-of-request'
import { cookieOptions, sessionCookieName } from '#lib/auth/cookies'
import { createFirstAdmin } from '#lib/auth/first-admin'
import { beginSession, LONGEST_DAYS, sessionToken } from '#lib/auth/session'
import { field } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'

export type SetupState = {
  values?: Record<string, string>
  errors?: Record<string, string>
  formError?: string
}

export async function setUp(_state: SetupState, form: FormData): Promise<SetupState> {
  const values = { teamName: field(form, 'teamName'), name: field(form, 'name'), email: field(form, 'email') }
  let slug: string
  try {
    const made = await createFirstAdmin({
      ...values,
      token: field(form, 'token'),
      password: String(form.get('password') ?? ''),
    })
    const now = Date.now()
    const sessionId = await beginSession(
      { memberId: made.memberId, method: 'password', authenticatedAt: new Date(now) },
      requestOrigin(await headers()),
      now,
    )
    ;(await cookies()).set(
      sessionCookieName(),
      await sessionToken(sessionId),
      cookieOptions(LONGEST_DAYS * 24 * 60 * 60),
    )
    slug = made.teamSlug
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    const known = ['teamName', 'name', 'email', 'password']
    const name =
      cause.field === 'name' && !values.name ? 'name' : cause.field === 'slug' ? 'teamName' : cause.field
    return name && known.includes(name)
      ? { values, errors: { [name]: cause.message } }
      : { values, formError: cause.message }
  }
  redirect(`/${slug}`)
}
