import { OWN_GROUP } from '#lib/activity/explain-error'
import { pool, prepared, type Queryable } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { newId } from '#lib/platform/ids'
import type { LongText } from '#lib/platform/long-text'
import { caseKey } from '#lib/scim/case-key'
import type { Note } from '#lib/scim/note'
import { readMembersOf } from '#lib/scim/patch/read-members'
import { readResource } from '#lib/scim/resource/read-resource'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { ScimError } from '#lib/scim/scim-error'
import { applyMemberChange } from '../memberships/apply-member-change.ts'
import { changesOfDifference, describeDifference } from '../memberships/describe-difference.ts'
import { setMembers } from '../memberships/member-change.ts'
import { docOf } from '../users/user-row.ts'
import type { Write } from '../write.ts'
import { groupName, renderGroup } from './group-row.ts'
import { insertGroup, insertGroupFirst } from './insert-group.ts'
import { readGroup } from './read-group.ts'

export type CreatedGroup = { id: string; text: LongText; notes: readonly Note[] }

/**
 * Creates a group, with its members and the roles that the team's rules give a group of this name, in one transaction.
 * Throws ScimError 400, 409 `uniqueness` (a group's name is unique in its team, without case), and what a void permit is
 * refused with.
 */
export async function createGroup(
  write: Write,
  body: unknown,
  definition: ResourceDefinition,
): Promise<CreatedGroup> {
  const { attributes, notes } = readResource(body, definition, 'create')
  const members = readMembersOf(body) ?? []
  const id = newId(write.now)
  const at = new Date(write.now).toISOString()
  const doc = docOf(attributes, definition)
  const name = groupName(attributes)
  const externalId = typeof attributes.externalId === 'string' ? attributes.externalId : null
  const group = { write, id, at, name, nameKey: caseKey(name), externalId, doc }
  const deed = {
    action: 'group.create',
    summary: `created the group ${name}`,
    resource: { type: 'Group' as const, id, name },
    notes,
    status: 201,
  }

  if (members.length === 0) {
    const text = renderGroup({ id, doc, version: 1, createdAt: at, updatedAt: at }, '', write.scimBaseUrl)
    if (!(await insertGroup(group, { ...deed, responseBody: text })))
      throw await nameTaken(write.teamId, name)
    write.recorder.done()
    announce(write.teamId, 'access')
    return { id, text, notes }
  }

  await write.permit?.confirm()
  const text = await inTransaction(async (tx) => {
    if (!(await insertGroupFirst(tx, group))) throw await nameTaken(write.teamId, name, tx)
    const where = {
      teamId: write.teamId,
      groupId: id,
      at: new Date(write.now),
      exchangeId: write.recorder.exchangeId,
    }
    const difference = await applyMemberChange(tx, where, setMembers(members))
    await tx.query(
      'UPDATE directory_group SET member_count = $3, last_membership_at = $4 WHERE team_id = $1 AND id = $2',
      [write.teamId, id, difference.addedCount, at],
    )
    const made = await readGroup(write.teamId, id, write.scimBaseUrl, tx)
    const summary = [deed.summary, describeDifference(difference, 'it')].filter(Boolean).join(', ')
    await tx.query(
      write.recorder.insert(1, ''),
      write.recorder.values({
        ...deed,
        summary,
        changes: changesOfDifference(difference),
        responseBody: made.text,
      }),
    )
    return made.text
  })
  write.recorder.done()
  announce(write.teamId, 'access')
  return { id, text, notes }
}

/** Says whose the name is: another pushed group's, or Muster's own. */
export async function nameTaken(teamId: string, name: string, on: Queryable = pool()): Promise<ScimError> {
  const { rows } = await prepared<{ system: string | null }>(
    on,
    'group-of-name',
    'SELECT system FROM directory_group WHERE team_id = $1 AND name_key = $2',
    [teamId, caseKey(name)],
  )
  if (rows[0]?.system)
    return new ScimError(
      409,
      'uniqueness',
      rows[0].system === 'everyone'
        ? `“${name}” ${OWN_GROUP}, which has every user already. Unlink the group in Okta, or rename it and push it again.`
        : `“${name}” ${OWN_GROUP}. Rename the group in Okta, then push it again.`,
    )
  return new ScimError(
    409,
    'uniqueness',
    `A group named “${name}” is already in Muster (upper and lower case count as the same). In Okta choose Link Group to manage that one, or rename the group.`,
  )
}
