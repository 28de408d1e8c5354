import type { PoolClient } from 'pg'
import { isUuid } from '#lib/platform/ids'
import { matchesElement } from '#lib/scim/filter/evaluate-filter'
import type { ResolvedFilter } from '#lib/scim/filter/resolved-filter'
import { applyPatch } from '#lib/scim/patch/apply-patch'
import { parsePatchRequest } from '#lib/scim/patch/parse-patch-request'
import type { PatchOperation } from '#lib/scim/patch/patch-operation'
import { type MembershipStep, splitMembershipOps } from '#lib/scim/patch/split-membership-ops'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { changeUsersOfGroup } from '../memberships/change-users-of-group.ts'
import { memberChangeOf } from '../memberships/member-change.ts'
import type { Write } from '../write.ts'
import { type ChangedGroup, changeGroup } from './change-group.ts'

type PlainStep = Exclude<MembershipStep, { kind: 'removeWhere' }>

/**
 * PATCH of a group (RFC 7644 §3.5.2). Membership is changed by difference, whatever the size of the group; the usual
 * case, users added to or removed from a pushed group, is one statement. Answers without the group (204) unless `shown`.
 */
export async function patchGroup(
  write: Write,
  id: string,
  body: unknown,
  definition: ResourceDefinition,
  shown: boolean,
  check?: (version: number) => void,
): Promise<ChangedGroup> {
  const request = parsePatchRequest(body)
  const { steps, rest, notes } = splitMembershipOps(request.operations)
  const found = [...request.notes, ...notes]
  if (!shown && !check && found.length === 0 && isUuid(id)) {
    const direct = directChange(steps, rest)
    const done = direct && (await changeUsersOfGroup(write, id, direct.direction, direct.ids))
    if (done) return { id, version: done.version, text: undefined, notes: [] }
  }
  await write.permit?.confirm()
  return changeGroup(
    write,
    id,
    definition,
    async (stored, row, tx) => {
      check?.(row.version)
      const patched = applyPatch(stored, rest, definition)
      const plain: PlainStep[] = []
      for (const step of steps)
        plain.push(
          step.kind === 'removeWhere'
            ? await removalOf(step.filter, definition, write.teamId, row.id, tx)
            : step,
        )
      return {
        attributes: patched.resource,
        members: plain.length > 0 ? memberChangeOf(plain) : undefined,
        notes: [...found, ...patched.notes],
      }
    },
    shown,
  )
}

/** The one step of a patch that only adds or only removes members with ids of ours. */
function directChange(
  steps: readonly MembershipStep[],
  rest: readonly PatchOperation[],
): { direction: 'add' | 'remove'; ids: string[] } | undefined {
  const [step] = steps
  if (rest.length > 0 || steps.length !== 1 || (step?.kind !== 'add' && step?.kind !== 'remove'))
    return undefined
  const values = step.kind === 'add' ? step.members.map((member) => member.value) : step.values
  const ids = new Set(values.map((value) => value.toLowerCase()))
  return [...ids].every(isUuid) ? { direction: step.kind, ids: [...ids] } : undefined
}

const MEMBERS_AS_VALUES = `
  SELECT m.user_id::text AS value, coalesce(u.display_name, u.user_name) AS display, 'User' AS type
  FROM membership m JOIN directory_user u ON u.team_id = m.team_id AND u.id = m.user_id WHERE m.team_id = $1 AND m.group_id = $2
  UNION ALL SELECT n.member_group_id::text, i.display_name, 'Group'
  FROM nested_group n JOIN directory_group i ON i.team_id = n.team_id AND i.id = n.member_group_id WHERE n.team_id = $1 AND n.group_id = $2
  UNION ALL SELECT value, display, NULL FROM unresolved_member WHERE team_id = $1 AND group_id = $2`

/** `members[display co "x"]` and the like, which no known client sends: the members are read to find those meant. */
async function removalOf(
  filter: ResolvedFilter,
  definition: ResourceDefinition,
  teamId: string,
  groupId: string,
  tx: PoolClient,
): Promise<PlainStep> {
  const members = definition.attributes.get('members')
  const { rows } = await tx.query<{ value: string }>(MEMBERS_AS_VALUES, [teamId, groupId])
  return {
    kind: 'remove',
    values: rows.filter((row) => members && matchesElement(filter, members, row)).map((row) => row.value),
  }
}
