import { readMembersOf } from '#lib/scim/patch/read-members'
import { readResource } from '#lib/scim/resource/read-resource'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { setMembers } from '../memberships/member-change.ts'
import type { Write } from '../write.ts'
import { type ChangedGroup, changeGroup } from './change-group.ts'

/**
 * PUT of a group. `members: []` empties it; a body that does not speak of members leaves them alone, against the letter
 * of RFC 7644 §3.5.1: clients that rename a group send no members and mean no change.
 */
export function replaceGroup(
  write: Write,
  id: string,
  body: unknown,
  definition: ResourceDefinition,
  check: (version: number) => void = () => undefined,
): Promise<ChangedGroup> {
  const members = readMembersOf(body)
  return changeGroup(
    write,
    id,
    definition,
    (stored, row) => {
      check(row.version)
      const { attributes, notes } = readResource(body, definition, 'replace', stored)
      return { attributes, members: members && setMembers(members), notes }
    },
    true,
  )
}
