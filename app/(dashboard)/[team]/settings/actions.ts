'use server'

import { revalidatePath } from 'next/cache'
import type { FormState } from '#components/ui/action-form'
import { requireTeam } from '#lib/auth/require-member'
import { registerExtension, removeExtension } from '#lib/directory/extensions/manage-extensions'
import { renameTeam } from '#lib/directory/teams/rename-team'
import { field, formResult } from '#lib/http/form-action'

async function admin(slug: string) {
  const { team, member } = await requireTeam(slug, 'admin')
  return { teamId: team.id, actor: { kind: 'member' as const, id: member.memberId, name: member.email } }
}

export async function saveTeam(slug: string, _state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await renameTeam(teamId, field(form, 'name'), actor)
    revalidatePath(`/${slug}`, 'layout')
    return { done: 'Saved.' }
  })
}

export async function addSchema(slug: string, _state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    const { urn } = await registerExtension(teamId, field(form, 'definition'), actor)
    revalidatePath(`/${slug}/settings/schemas`)
    return { done: `Registered ${urn}.` }
  })
}

export async function dropSchema(slug: string, urn: string): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await removeExtension(teamId, urn, actor)
    revalidatePath(`/${slug}/settings/schemas`)
  })
}
