import { type Dialect, during, isRecord, OperationError, type ScimCall } from './call.ts'
import { findPath } from './filter.ts'
import { PATCH_SCHEMA } from './users.ts'

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'

export type GroupMember = { value: string; display: string }
export type TargetGroup = { id: string; displayName: string }
export type MembershipChange = { add: GroupMember[]; remove: string[] }

export type MembershipLimits = {
  /** Most membership changes in one PATCH: Okta's catalog property allows 100 to 1,000. */
  chunkSize: number
  /** Sends the chunks of one push at the same time, as large pushes have been seen to do. */
  concurrent: boolean
}

/** Looks the name up, and creates the group, empty, when there is none. */
export async function findOrCreateGroup(
  call: ScimCall,
  displayName: string,
): Promise<{ id: string; how: 'created' | 'found' }> {
  const existing = await findGroup(call, displayName)
  if (existing !== undefined) return { id: existing, how: 'found' }
  const doing = `creating user group ${displayName}`
  const body = { schemas: [GROUP_SCHEMA], displayName, members: [] }
  const response = await during(doing, call({ method: 'POST', path: '/Groups', body }))
  if (!isRecord(response.body) || typeof response.body.id !== 'string' || response.body.id === '') {
    throw new OperationError(`Error while ${doing}: Create new group returned empty group.`)
  }
  return { id: response.body.id, how: 'created' }
}

async function findGroup(call: ScimCall, displayName: string): Promise<string | undefined> {
  const path = findPath('Groups', 'displayName', displayName)
  const response = await during(
    `verifying if user group ${displayName} exists`,
    call({ method: 'GET', path }).catch((error) => {
      if (error instanceof Error && 'status' in error && error.status === 404) return undefined
      throw error
    }),
  )
  const resources = isRecord(response?.body) ? response.body.Resources : undefined
  if (!Array.isArray(resources)) return undefined
  const match = resources.filter(isRecord).find((resource) => resource.displayName === displayName)
  return typeof match?.id === 'string' ? match.id : undefined
}

/** Okta checks that the group is still there before it writes to it as a whole. */
async function checkGroup(call: ScimCall, group: TargetGroup): Promise<Record<string, unknown>> {
  const doing = `retrieving user group ${group.displayName}`
  const response = await during(doing, call({ method: 'GET', path: groupPath(group) }))
  if (!isRecord(response.body)) throw new OperationError(`Error while ${doing}: Matching group not found`)
  return response.body
}

/**
 * The first push of a group that was just created, found or linked: check, name, then the members. Who was in a group
 * that existed before stays in it (OIN test plan C9315, C9322, C9330); only *Push now* overwrites.
 */
export async function pushFirstTime(
  call: ScimCall,
  dialect: Dialect,
  group: TargetGroup,
  members: GroupMember[],
  limits: MembershipLimits,
): Promise<void> {
  const current = await checkGroup(call, group)
  if (dialect === 'aiw') {
    const ours = new Set(members.map((member) => member.value))
    return putGroup(call, group, [...membersOf(current).filter(({ value }) => !ours.has(value)), ...members])
  }
  await patchName(call, group)
  await patchMembers(call, group, { add: members, remove: [] }, limits)
}

/** "Push now": a full overwrite of the membership. */
export async function pushWholeGroup(
  call: ScimCall,
  dialect: Dialect,
  group: TargetGroup,
  members: GroupMember[],
  limits: MembershipLimits,
): Promise<void> {
  await checkGroup(call, group)
  if (dialect === 'aiw') return putGroup(call, group, members)
  await patchName(call, group)
  const operation = { op: 'replace', path: 'members', value: members.slice(0, limits.chunkSize) }
  await patchGroup(call, group, [operation])
  await patchMembers(call, group, { add: members.slice(limits.chunkSize), remove: [] }, limits)
}

/** A change of name. A private app sends the whole group, members included. */
export async function renameGroup(
  call: ScimCall,
  dialect: Dialect,
  group: TargetGroup,
  members: GroupMember[],
): Promise<void> {
  if (dialect === 'oin') return patchName(call, group)
  await checkGroup(call, group)
  await putGroup(call, group, members)
}

/** A change of membership: name and differences for catalog apps, the whole group for private ones. */
export async function changeMembers(
  call: ScimCall,
  dialect: Dialect,
  group: TargetGroup,
  change: MembershipChange,
  members: GroupMember[],
  limits: MembershipLimits,
): Promise<void> {
  if (dialect === 'aiw') {
    await checkGroup(call, group)
    return putGroup(call, group, members)
  }
  await patchName(call, group)
  await patchMembers(call, group, change, limits)
}

/** Deletes the group; one that is already gone counts as deleted. */
export async function deleteGroup(call: ScimCall, group: TargetGroup): Promise<void> {
  await during(
    `deleting user group ${group.displayName}`,
    call({ method: 'DELETE', path: groupPath(group) }).catch((error) => {
      if (error instanceof Error && 'status' in error && error.status === 404) return undefined
      throw error
    }),
  )
}

/** The requests that a membership change becomes: removals first, each change counted against the limit. */
function membershipOperations(change: MembershipChange, chunkSize: number): object[][] {
  const requests: object[][] = []
  const removals = change.remove.map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` }))
  const additions = [...change.add]
  while (removals.length > 0 || additions.length > 0) {
    const operations: object[] = removals.splice(0, chunkSize)
    const added = additions.splice(0, chunkSize - operations.length)
    if (added.length > 0) operations.push({ op: 'add', path: 'members', value: added })
    requests.push(operations)
  }
  return requests
}

async function patchMembers(
  call: ScimCall,
  group: TargetGroup,
  change: MembershipChange,
  limits: MembershipLimits,
): Promise<void> {
  const requests = membershipOperations(change, limits.chunkSize)
  if (limits.concurrent) {
    await Promise.all(requests.map((operations) => patchGroup(call, group, operations)))
    return
  }
  for (const operations of requests) await patchGroup(call, group, operations)
}

function patchName(call: ScimCall, group: TargetGroup): Promise<void> {
  const operation = { op: 'replace', value: { id: group.id, displayName: group.displayName } }
  return patchGroup(call, group, [operation], `updating user group ${group.displayName}`, ': ')
}

async function patchGroup(
  call: ScimCall,
  group: TargetGroup,
  operations: object[],
  doing = `updating user group membership for group ${group.displayName}`,
  separator = ' ',
): Promise<void> {
  const body = { schemas: [PATCH_SCHEMA], Operations: operations }
  await during(doing, call({ method: 'PATCH', path: groupPath(group), body }), separator)
}

async function putGroup(call: ScimCall, group: TargetGroup, members: GroupMember[]): Promise<void> {
  const doing = `updating user group membership for group ${group.displayName}`
  const body = { schemas: [GROUP_SCHEMA], id: group.id, displayName: group.displayName, members }
  await during(doing, call({ method: 'PUT', path: groupPath(group), body }), ' ')
}

/** The members that a group's representation shows; `members` may be missing or null. */
function membersOf(group: Record<string, unknown>): GroupMember[] {
  const members = Array.isArray(group.members) ? group.members.filter(isRecord) : []
  return members.map(({ value, display }) => ({
    value: String(value),
    display: typeof display === 'string' ? display : '',
  }))
}

function groupPath(group: TargetGroup): string {
  return `/Groups/${encodeURIComponent(group.id)}`
}
