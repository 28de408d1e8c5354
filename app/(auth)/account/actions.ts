'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { changePassword } from '#lib/auth/change-password'
import { requireMember } from '#lib/auth/require-member'
import { endSession, endSessions } from '#lib/auth/session'
import { signOutHere } from '#lib/auth/sign-out'
import { field, formResult } from '#lib/http/form-action'

export async function savePassword(_state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const member = await requireMember('/account')
    const typed = { current: String(form.get('current') ?? ''), next: String(form.get('next') ?? '') }
    await changePassword(member, typed, Date.now())
    revalidatePath('/account')
    return { done: 'Changed. Your other browsers are signed out.' }
  })
}

export async function signOut(): Promise<void> {
  await signOutHere()
  redirect('/sign-in')
}

export async function signOutEverywhere(): Promise<void> {
  await signOutHere({ everywhere: true })
  redirect('/sign-in')
}

export async function signOutOthers(_state: FormState, _form: FormData): Promise<FormState> {
  return formResult(async () => {
    const member = await requireMember('/account')
    await endSessions(member.memberId, Date.now(), member.sessionId)
    revalidatePath('/account')
    return { done: 'Every other browser is signed out.' }
  })
}

export async function signOutOne(form: FormData): Promise<void> {
  const member = await requireMember('/account')
  await endSession(field(form, 'session'), Date.now(), member.memberId)
  revalidatePath('/account')
}
