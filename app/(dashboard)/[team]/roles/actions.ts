'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { requireTeam } from '#lib/auth/require-member'
import { findGroupNamed } from '#lib/directory/pages/find-group-named'
import { grantRole } from '#lib/directory/roles/grant-role'
import { createRole, deleteRole, updateRole } from '#lib/directory/roles/manage-roles'
import { createRule, deleteRule } from '#lib/directory/roles/manage-rules'
import { field, formResult } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'

async function admin(slug: string) {
  const { team, member } = await requireTeam(slug, 'admin')
  return { teamId: team.id, actor: { kind: 'member' as const, id: member.memberId, name: member.email } }
}

export async function addRole(slug: string, _state: FormState, form: FormData): Promise<FormState> {
  const { teamId, actor } = await admin(slug)
  let id = ''
  const result = await formResult(async () => {
    const input = {
      name: field(form, 'name'),
      displayName: field(form, 'displayName'),
      description: field(form, 'description'),
    }
    id = (await createRole(teamId, input, actor)).id
  })
  if (result.error) return result
  redirect(`/${slug}/roles/${id}`)
}

export async function changeRole(
  slug: string,
  id: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await updateRole(
      teamId,
      id,
      { displayName: field(form, 'displayName'), description: field(form, 'description') },
      actor,
    )
    revalidatePath(`/${slug}/roles/${id}`)
    return { done: 'Saved.' }
  })
}

export async function grantByName(
  slug: string,
  roleId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    const name = field(form, 'group')
    const groupId = await findGroupNamed(teamId, name)
    if (!groupId) throw new DomainError('not_found', `There is no group named “${name}” in this team.`)
    await grantRole(teamId, groupId, roleId, actor)
    revalidatePath(`/${slug}/roles/${roleId}`)
    return { done: `Granted to ${name}.` }
  })
}

export async function removeRole(slug: string, id: string): Promise<FormState> {
  const result = await formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await deleteRole(teamId, id, actor)
  })
  if (result.error) return result
  redirect(`/${slug}/roles`)
}

export async function addRule(slug: string, _state: FormState, form: FormData): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    const match = field(form, 'match') === 'pattern' ? 'pattern' : 'exact'
    const pattern = field(form, 'pattern')
    const { granted } = await createRule(teamId, { match, pattern, roleId: field(form, 'roleId') }, actor)
    revalidatePath(`/${slug}/roles`)
    if (granted > 0)
      return { done: `Added. ${granted} ${granted === 1 ? 'group has' : 'groups have'} the role now.` }
    const literal = match === 'exact' && /[*?]/.test(pattern)
    return {
      done: literal
        ? `Added, for a group named exactly “${pattern}”. For every name that is like it, remove the rule and choose “like (* and ?)”.`
        : 'Added. No pushed group has this name yet.',
    }
  })
}

export async function removeRule(slug: string, id: string): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await deleteRule(teamId, id, actor)
    revalidatePath(`/${slug}/roles`)
  })
}
