'use server'

import { redirect } from 'next/navigation'
import { createFirstAdmin } from '#lib/auth/first-admin'
import { openSession } from '#lib/auth/open-session'
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
    await openSession(made.memberId, Date.now())
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
