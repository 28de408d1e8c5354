'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { eventRecorder } from '#lib/activity/recorder'
import { requireTeam } from '#lib/auth/require-member'
import { teamDefinitions } from '#lib/directory/definitions'
import { createGroup } from '#lib/directory/groups/create-group'
import { deleteGroup } from '#lib/directory/groups/delete-group'
import { patchGroup } from '#lib/directory/groups/patch-group'
import { groupDetail } from '#lib/directory/pages/group-detail'
import { isKeptByHand } from '#lib/directory/pages/kept-by-hand'
import { grantRole, revokeGrant } from '#lib/directory/roles/grant-role'
import { listUsers } from '#lib/directory/users/list-users'
import { field, formResult } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'
import { handWrite } from '../hand-write.ts'

async function admin(slug: string) {
  const { team, member } = await requireTeam(slug, 'admin')
  const actor = { kind: 'member' as const, id: member.memberId, name: member.email }
  return {
    teamId: team.id,
    actor,
    write: handWrite(team.id, eventRecorder(team.id, actor)),
    definitions: await teamDefinitions(team.id),
  }
}

/** Pushed groups are changed in Okta, which would undo what is changed here. */
async function unmanaged(slug: string, id: string) {
  const given = await admin(slug)
  const group = await groupDetail(given.teamId, id, Date.now())
  if (!group) throw new DomainError('not_found', 'There is no such group in this team.')
  if (!isKeptByHand(group))
    throw new DomainError('forbidden', 'This group is not kept by hand; change it where it is managed.')
  return given
}

export async function addGroup(slug: string, _state: FormState, form: FormData): Promise<FormState> {
  const { write, definitions } = await admin(slug)
  let id = ''
  const result = await formResult(async () => {
    id = (await createGroup(write, { displayName: field(form, 'displayName') }, definitions.Group)).id
  }, taken(form))
  if (result.error) return result
  redirect(`/${slug}/groups/${id}`)
}

export async function renameGroup(
  slug: string,
  id: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const result = await formResult(async () => {
    const { write, definitions } = await unmanaged(slug, id)
    const displayName = field(form, 'displayName')
    await patchGroup(
      write,
      id,
      { Operations: [{ op: 'replace', value: { displayName } }] },
      definitions.Group,
      false,
    )
  }, taken(form))
  if (result.error) return result
  redirect(`/${slug}/groups/${id}`)
}

const taken = (form: FormData) =>
  `A group named “${field(form, 'displayName')}” is there already (upper and lower case count as the same). Choose another name.`

export async function removeGroup(slug: string, id: string): Promise<FormState> {
  const result = await formResult(async () => {
    await deleteGroup((await unmanaged(slug, id)).write, id)
  })
  if (result.error) return result
  redirect(`/${slug}/groups`)
}

export async function addMember(
  slug: string,
  groupId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, write, definitions } = await unmanaged(slug, groupId)
    const userName = field(form, 'userName')
    const page = { kind: 'index' as const, startIndex: 1, count: 1 }
    const found = await listUsers(
      teamId,
      { filter: `userName eq ${JSON.stringify(userName)}`, page },
      definitions.User,
      write.scimBaseUrl,
    )
    const user = found.rows[0]
    if (!user) throw new DomainError('not_found', `There is no user with the userName ${userName}.`)
    await patchGroup(
      write,
      groupId,
      { Operations: [{ op: 'add', path: 'members', value: [{ value: user.id }] }] },
      definitions.Group,
      false,
    )
    revalidatePath(`/${slug}/groups/${groupId}`)
    return { done: `Added ${userName}.` }
  })
}

export async function removeMember(slug: string, groupId: string, userId: string): Promise<FormState> {
  return formResult(async () => {
    const { write, definitions } = await unmanaged(slug, groupId)
    await patchGroup(
      write,
      groupId,
      { Operations: [{ op: 'remove', path: 'members', value: [{ value: userId }] }] },
      definitions.Group,
      false,
    )
    revalidatePath(`/${slug}/groups/${groupId}`)
  })
}

export async function grantToGroup(
  slug: string,
  groupId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await grantRole(teamId, groupId, field(form, 'roleId'), actor)
    revalidatePath(`/${slug}/groups/${groupId}`)
  })
}

export async function revokeFromGroup(slug: string, groupId: string, roleId: string): Promise<FormState> {
  return formResult(async () => {
    const { teamId, actor } = await admin(slug)
    await revokeGrant(teamId, groupId, roleId, actor)
    revalidatePath(`/${slug}/groups/${groupId}`)
  })
}
