'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/ui/action-form'
import { eventRecorder } from '#lib/activity/recorder'
import { requireTeam } from '#lib/auth/require-member'
import { teamDefinitions } from '#lib/directory/definitions'
import { isKeptByHand } from '#lib/directory/pages/kept-by-hand'
import { userDetail } from '#lib/directory/pages/user-detail'
import { createUser } from '#lib/directory/users/create-user'
import { deleteUser } from '#lib/directory/users/delete-user'
import { patchUser } from '#lib/directory/users/patch-user'
import { field, formResult } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'
import { handWrite } from '../hand-write.ts'

async function admin(slug: string) {
  const { team, member } = await requireTeam(slug, 'admin')
  const recorder = eventRecorder(team.id, { kind: 'member', id: member.memberId, name: member.email })
  return {
    teamId: team.id,
    write: handWrite(team.id, recorder),
    definition: (await teamDefinitions(team.id)).User,
  }
}

/** Managed people are changed where they are managed. */
async function unmanaged(slug: string, id: string) {
  const given = await admin(slug)
  const user = await userDetail(given.teamId, id)
  if (!user) throw new DomainError('not_found', 'There is no such user in this team.')
  if (!isKeptByHand(user))
    throw new DomainError('forbidden', 'This user is managed in Okta; change them there.')
  return given
}

export async function addUser(slug: string, _state: FormState, form: FormData): Promise<FormState> {
  const { write, definition } = await admin(slug)
  let id = ''
  const result = await formResult(async () => {
    const email = field(form, 'email')
    const body = {
      userName: field(form, 'userName'),
      displayName: field(form, 'displayName') || undefined,
      title: field(form, 'title') || undefined,
      name: {
        givenName: field(form, 'givenName') || undefined,
        familyName: field(form, 'familyName') || undefined,
      },
      emails: email ? [{ value: email, type: 'work', primary: true }] : undefined,
    }
    id = (await createUser(write, body, definition)).id
  }, taken(form))
  if (result.error) return result
  redirect(`/${slug}/users/${id}`)
}

export async function changeUser(
  slug: string,
  id: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const result = await formResult(async () => {
    const { write, definition } = await unmanaged(slug, id)
    await patchUser(write, id, { Operations: operationsOf(form) }, definition)
  }, taken(form))
  if (result.error) return result
  redirect(`/${slug}/users/${id}`)
}

const taken = (form: FormData) =>
  `Somebody in this team has the userName “${field(form, 'userName')}” already (upper and lower case count as the same).`

/** A field that was emptied is removed: SCIM has no empty strings (RFC 7643 §2.5). */
function operationsOf(form: FormData) {
  const email = field(form, 'email')
  const values = {
    userName: field(form, 'userName'),
    displayName: field(form, 'displayName'),
    title: field(form, 'title'),
    'name.givenName': field(form, 'givenName'),
    'name.familyName': field(form, 'familyName'),
  }
  return [
    ...Object.entries(values).map(([path, value]) =>
      value ? { op: 'replace', path, value } : { op: 'remove', path },
    ),
    email
      ? { op: 'replace', path: 'emails', value: [{ value: email, type: 'work', primary: true }] }
      : { op: 'remove', path: 'emails' },
  ]
}

export async function setUserActive(slug: string, id: string, active: boolean): Promise<FormState> {
  return formResult(async () => {
    const { write, definition } = await unmanaged(slug, id)
    await patchUser(write, id, { Operations: [{ op: 'replace', value: { active } }] }, definition)
    revalidatePath(`/${slug}/users/${id}`)
  })
}

export async function removeUser(slug: string, id: string): Promise<FormState> {
  const result = await formResult(async () => {
    await deleteUser((await unmanaged(slug, id)).write, id)
  })
  if (result.error) return result
  redirect(`/${slug}/users`)
}
