'use server'

import { revalidatePath } from 'next/cache'
import type { FormState } from '#components/ui/action-form'
import { changeMember } from '#lib/auth/members/change-member'
import { inviteMember, revokeInvitation } from '#lib/auth/members/invite-member'
import type { MemberManager } from '#lib/auth/members/member-role'
import { requireRecentSignIn, requireTeam } from '#lib/auth/require-member'
import { field, formResult } from '#lib/http/form-action'

export type InviteState = FormState & { url?: string; email?: string }

async function manager(slug: string): Promise<{ teamId: string; by: MemberManager }> {
  const { team, member, access } = await requireTeam(slug, 'admin')
  await requireRecentSignIn(member, `/${slug}/settings/members`)
  return {
    teamId: team.id,
    by: { memberId: member.memberId, name: member.email, access: access === 'owner' ? 'owner' : 'admin' },
  }
}

export async function invite(slug: string, _state: InviteState, form: FormData): Promise<InviteState> {
  let url: string | undefined
  const result = await formResult(async () => {
    const { teamId, by } = await manager(slug)
    const invited = { email: field(form, 'email'), role: field(form, 'role') }
    url = (await inviteMember(teamId, invited, by, Date.now())).url
    revalidatePath(`/${slug}/settings/members`)
  })
  return url ? { ...result, url, email: field(form, 'email') } : result
}

export async function changeRole(
  slug: string,
  memberId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, by } = await manager(slug)
    await changeMember(teamId, memberId, field(form, 'role'), by)
    revalidatePath(`/${slug}/settings/members`)
    return { done: 'Saved' }
  })
}

export async function removeMember(slug: string, memberId: string): Promise<FormState> {
  return formResult(async () => {
    const { teamId, by } = await manager(slug)
    await changeMember(teamId, memberId, null, by)
    revalidatePath(`/${slug}/settings/members`)
  })
}

export async function withdrawInvitation(
  slug: string,
  invitationId: string,
  _state: FormState,
  _form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, by } = await manager(slug)
    await revokeInvitation(teamId, invitationId, by, Date.now())
    revalidatePath(`/${slug}/settings/members`)
  })
}
