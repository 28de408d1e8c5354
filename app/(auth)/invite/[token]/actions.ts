'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { requestOrigin } from '#lib/auth/client-of-request'
import { cookieOptions, sessionCookieName } from '#lib/auth/cookies'
import { acceptInvitation } from '#lib/auth/members/accept-invitation'
import { currentMember } from '#lib/auth/require-member'
import { beginSession, LONGEST_DAYS, sessionToken } from '#lib/auth/session'
import { field, formResult } from '#lib/http/form-action'

/** Joins as who is signed in, or with a new account, which is then signed in. */
export async function accept(token: string, _state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const now = Date.now()
    const password = form.get('password')
    const member = typeof password === 'string' ? undefined : await currentMember()
    const as = member ? { member } : { name: field(form, 'name'), password: String(password ?? '') }
    const { memberId, teamSlug } = await acceptInvitation(token, as, now)
    if (!member) {
      const sessionId = await beginSession(
        { memberId, method: 'password', authenticatedAt: new Date(now) },
        requestOrigin(await headers()),
        now,
      )
      const jar = await cookies()
      jar.set(sessionCookieName(), await sessionToken(sessionId), cookieOptions(LONGEST_DAYS * 24 * 60 * 60))
    }
    redirect(`/${teamSlug}`)
  })
}
