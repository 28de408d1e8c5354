'use server'

import { type QrPath, qrPath } from '#components/account/qr-path'
import type { FormState } from '#components/ui/action-form'
import { requireMember, requireRecentSignIn } from '#lib/auth/require-member'
import { continueEnrolment } from '#lib/auth/second-factor/begin-enrolment'
import { disableSecondFactor, renewRecoveryCodes } from '#lib/auth/second-factor/change-second-factor'
import { enableSecondFactor } from '#lib/auth/second-factor/enable-second-factor'
import type { SignedIn } from '#lib/auth/signed-in'
import { field, formResult } from '#lib/http/form-action'

/** What an authenticator app is given, until a code confirms it. */
export type EnrolmentForm = { secret: string; sealed: string; qr: QrPath }
/** `recoveryCodes` are in the answer to one form and nowhere else afterwards. */
export type TwoStepState = FormState & { recoveryCodes?: string[]; enrolment?: EnrolmentForm }

const PATH = '/account/two-step'

export async function turnOn(_state: TwoStepState, form: FormData): Promise<TwoStepState> {
  const member = await recently()
  const sealed = field(form, 'enrolment')
  let recoveryCodes: string[] | undefined
  const result = await formResult(async () => {
    const typed = { sealed, code: field(form, 'code') }
    recoveryCodes = (await enableSecondFactor(member, typed, Date.now())).recoveryCodes
  })
  if (recoveryCodes) return { recoveryCodes }
  const again = continueEnrolment(member, sealed, Date.now())
  return {
    ...result,
    enrolment: again && { secret: again.secret, sealed: again.sealed, qr: qrPath(again.uri) },
  }
}

export async function turnOff(_state: TwoStepState, form: FormData): Promise<TwoStepState> {
  const member = await recently()
  return formResult(async () => {
    await disableSecondFactor(member, field(form, 'code'), Date.now())
    return { done: 'Two-step sign-in is off. Delete Muster’s entry from your app.' }
  })
}

export async function renewCodes(_state: TwoStepState, form: FormData): Promise<TwoStepState> {
  const member = await recently()
  let recoveryCodes: string[] | undefined
  const result = await formResult(async () => {
    recoveryCodes = (await renewRecoveryCodes(member, field(form, 'code'), Date.now())).recoveryCodes
  })
  return { ...result, recoveryCodes }
}

async function recently(): Promise<SignedIn> {
  const member = await requireMember(PATH)
  await requireRecentSignIn(member, PATH)
  return member
}
