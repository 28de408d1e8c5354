'use server'

import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { openSession } from '#lib/auth/open-session'
import { recoverAccount } from '#lib/auth/recovery/recover-account'
import { formResult } from '#lib/http/form-action'

/** Sets the new password, and signs in, unless the account asks for a code as well. */
export async function recover(token: string, _state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const now = Date.now()
    const { memberId, secondFactor } = await recoverAccount(token, String(form.get('password') ?? ''), now)
    if (secondFactor) redirect('/sign-in?done=recovered')
    await openSession(memberId, now)
    redirect('/')
  })
}
