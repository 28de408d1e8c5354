'use server'

import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { acceptInvitation } from '#lib/auth/members/accept-invitation'
import { openSession } from '#lib/auth/open-session'
import { currentMember } from '#lib/auth/require-member'
import { field, formResult } from '#lib/http/form-action'

/** Joins as who is signed in, or with a new account, which is then signed in. */
export async function accept(token: string, _state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const now = Date.now()
    const password = form.get('password')
    const member = typeof password === 'string' ? undefined : await currentMember()
    const as = member ? { member } : { name: field(form, 'name'), password: String(password ?? '') }
    const { memberId, teamSlug } = await acceptInvitation(token, as, now)
    if (!member) await openSession(memberId, now)
    redirect(`/${teamSlug}`)
  })
}
