import { reconcileAssignments } from './assignments.ts'
import { newId } from './ids.ts'
import { logEvent } from './log.ts'
import { getGroup, getPerson, type Org, OrgError } from './org.ts'
import { applyRules, groupRenamed, membersChanged, sourceGroupDeleted } from './push-follow.ts'
import type { Group } from './state.ts'

export function addGroup(org: Org, input: { name: string; description?: string }): Group {
  const name = freeName(org, input.name, undefined)
  const group: Group = {
    id: newId('00g'),
    name,
    description: (input.description ?? '').trim(),
    members: [],
    created: org.now().toISOString(),
  }
  org.state.groups.push(group)
  logEvent(org, 'group.lifecycle.create', 'Create Okta group', { target: name })
  applyRules(org)
  org.changed()
  return group
}

export function renameGroup(org: Org, id: string, input: { name: string; description?: string }): void {
  const group = getGroup(org, id)
  const name = freeName(org, input.name, id)
  group.description = input.description?.trim() ?? group.description
  const renamed = name !== group.name
  group.name = name
  logEvent(org, 'group.profile.update', 'Update Okta group profile', { target: name })
  if (renamed) {
    groupRenamed(org, group)
    applyRules(org)
  }
  org.changed()
}

/** Adds and removes people. Assignments that follow from the group go first, then the pushed membership. */
export function changeGroupMembers(
  org: Org,
  id: string,
  change: { add?: string[]; remove?: string[] },
): void {
  const group = getGroup(org, id)
  const known = new Set(group.members)
  const add = [...new Set(change.add ?? [])].filter((personId) => !known.has(personId))
  const remove = new Set((change.remove ?? []).filter((personId) => known.has(personId)))
  const people = new Map(org.state.people.map((person) => [person.id, person]))
  for (const personId of add) if (!people.has(personId)) getPerson(org, personId)
  if (add.length === 0 && remove.size === 0) return
  group.members = [...group.members.filter((member) => !remove.has(member)), ...add]
  if (add.length > 0) {
    logEvent(org, 'group.user_membership.add', `Add ${add.length} to group membership`, {
      target: group.name,
    })
  }
  if (remove.size > 0) {
    logEvent(org, 'group.user_membership.remove', `Remove ${remove.size} from group membership`, {
      target: group.name,
    })
  }
  reconcileAssignments(org)
  membersChanged(org, group, add, [...remove])
  org.changed()
}

/** The group in the app stays: Okta does not say that it deletes it, so nothing is sent. */
export function deleteGroup(org: Org, id: string): void {
  const group = getGroup(org, id)
  org.state.groups = org.state.groups.filter((candidate) => candidate.id !== id)
  for (const app of org.state.apps) {
    app.assignedGroups = app.assignedGroups.filter((groupId) => groupId !== id)
  }
  sourceGroupDeleted(org, group)
  logEvent(org, 'group.lifecycle.delete', 'Delete Okta group', { target: group.name })
  reconcileAssignments(org)
}

function freeName(org: Org, value: string, id: string | undefined): string {
  const name = value.trim()
  if (name === '' || name.length > 255) throw new OrgError('A group needs a name of at most 255 characters.')
  if (org.state.groups.some((group) => group.id !== id && group.name === name)) {
    throw new OrgError(`A group named ${name} exists already.`)
  }
  return name
}
