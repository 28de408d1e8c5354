'use server'

import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { addTeamFor } from '#lib/auth/add-team'
import { requireMember } from '#lib/auth/require-member'
import { field, formResult } from '#lib/http/form-action'

export async function addTeam(_state: FormState, form: FormData): Promise<FormState> {
  const member = await requireMember('/teams/new')
  let slug = ''
  const result = await formResult(async () => {
    slug = (await addTeamFor(member, field(form, 'name'))).slug
  })
  if (result.error) return result
  redirect(`/${slug}`)
}
