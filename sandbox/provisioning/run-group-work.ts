import { logEvent } from '../org/log.ts'
import type { Org } from '../org/org.ts'
import type { App, Group, GroupPush, JobWork } from '../org/state.ts'
import type { ScimCall } from '../scim-client/call.ts'
import {
  changeMembers,
  deleteGroup,
  findOrCreateGroup,
  type GroupMember,
  type MembershipLimits,
  pushFirstTime,
  pushWholeGroup,
  renameGroup,
} from '../scim-client/groups.ts'

export type GroupWork = Extract<JobWork, { kind: `group.${string}` }>

export async function runGroupWork(org: Org, app: App, work: GroupWork, call: ScimCall): Promise<void> {
  const log = (event: string, message: string, target: string) =>
    logEvent(org, `application.provision.${event}`, message, { appId: app.id, target })

  if (work.kind === 'group.delete') {
    await deleteGroup(call, { id: work.targetGroupId, displayName: work.targetName })
    app.appGroups = app.appGroups.filter((group) => group.id !== work.targetGroupId)
    log('group_push.delete_appgroup', 'Delete app group', work.targetName)
    log('group.remove', 'Remove group in external application', work.targetName)
    return
  }

  const push = app.pushes.find((candidate) => candidate.id === work.pushId)
  const group = org.state.groups.find((candidate) => candidate.id === push?.sourceGroupId)
  if (push === undefined || group === undefined || push.status === 'INACTIVE') return
  const limits: MembershipLimits = { chunkSize: app.chunkSize, concurrent: app.concurrentChunks }
  const members = eligibleMembers(org, app, group)

  if (work.kind === 'group.push') {
    await pushGroup(org, app, push, group, members, limits, call)
    log('group_push.pushed', 'Push group to external application', push.targetName)
  } else if (push.targetGroupId === '') {
    return
  } else if (work.kind === 'group.rename') {
    const target = { id: push.targetGroupId, displayName: targetName(app, push, group) }
    await renameGroup(call, app.dialect, target, members)
    push.targetName = target.displayName
    log('group_push.mapping.app.group.renamed', 'Rename app group', push.targetName)
  } else {
    const change = {
      add: members.filter((member) => work.add.includes(member.personId)),
      remove: work.remove.flatMap((personId) => app.appUsers[personId]?.externalId || []),
    }
    const target = { id: push.targetGroupId, displayName: targetName(app, push, group) }
    if (change.add.length === 0 && change.remove.length === 0) return succeeded(org, push)
    const wire = { add: onTheWire(change.add), remove: change.remove }
    await changeMembers(call, app.dialect, target, wire, onTheWire(members), limits)
    if (change.remove.length > 0)
      log('group_membership.remove', `Removed ${change.remove.length}`, push.targetName)
    if (change.add.length > 0) log('group_membership.add', `Added ${change.add.length}`, push.targetName)
  }
  succeeded(org, push)
}

/** Nobody's: for faults. */
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

async function pushGroup(
  org: Org,
  app: App,
  push: GroupPush,
  group: Group,
  members: EligibleMember[],
  limits: MembershipLimits,
  call: ScimCall,
): Promise<void> {
  const log = (event: string, message: string) =>
    logEvent(org, `application.provision.${event}`, message, { appId: app.id, target: group.name })
  const wire = onTheWire(members)
  if (app.faults.unknownMember) {
    wire.push({ value: UNKNOWN_ID, display: 'unknown@okta-sandbox.example' })
    app.faults.unknownMember = false
  }
  if (push.targetGroupId === '') {
    const { id, how } = await findOrCreateGroup(call, group.name)
    push.targetGroupId = id
    push.targetName = group.name
    org.changed()
    if (how === 'created') log('group.add', 'Add group in external application')
    else log('group.verify_exists', 'Verify group exists in external application')
  }
  const target = { id: push.targetGroupId, displayName: targetName(app, push, group) }
  if (app.faults.unknownGroup) {
    app.faults.unknownGroup = false
    target.id = UNKNOWN_ID
  }
  if (push.lastPush === '') await pushFirstTime(call, app.dialect, target, wire, limits)
  else await pushWholeGroup(call, app.dialect, target, wire, limits)
  push.targetName = target.displayName
  log('group_push.push_memberships', `Pushed ${wire.length} memberships`)
}

type EligibleMember = GroupMember & { personId: string }

/** Only who is in the Okta group, assigned to the app and provisioned in it is ever sent. */
function eligibleMembers(org: Org, app: App, group: Group): EligibleMember[] {
  const people = new Map(org.state.people.map((person) => [person.id, person]))
  const members: EligibleMember[] = []
  let ignored = 0
  for (const personId of group.members) {
    const appUser = app.appUsers[personId]
    const person = people.get(personId)
    if (person !== undefined && appUser?.assigned === true && appUser.externalId !== '') {
      members.push({ personId, value: appUser.externalId, display: person.profile.login })
    } else {
      ignored++
    }
  }
  if (ignored > 0) {
    const message = `${ignored} members are not provisioned in ${app.label} and were ignored`
    logEvent(org, 'app.user_management.grouppush.mapping.okta.users.ignored', message, {
      appId: app.id,
      target: group.name,
    })
  }
  return members
}

function onTheWire(members: EligibleMember[]): GroupMember[] {
  return members.map(({ value, display }) => ({ value, display }))
}

function targetName(app: App, push: GroupPush, group: Group): string {
  return app.renameAppGroups || push.targetName === '' ? group.name : push.targetName
}

function succeeded(org: Org, push: GroupPush): void {
  // Deactivated while the request was on its way: it stays so.
  if (push.status !== 'INACTIVE') push.status = 'ACTIVE'
  push.errorSummary = ''
  push.errorAt = ''
  push.lastPush = org.now().toISOString()
}
