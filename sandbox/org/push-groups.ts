import { newId } from './ids.ts'
import { logEvent } from './log.ts'
import { getApp, getGroup, type Org, OrgError } from './org.ts'
import { applyRules, startPush } from './push-follow.ts'
import { dropPushJobs, enqueue } from './queue.ts'
import type { App, GroupPush, PushRule } from './state.ts'

export type PushInput = {
  groupId: string
  pushMemberships: boolean
  /** SCIM id of an existing app group to link; absent: create (or take over one found by its name). */
  linkTo?: string
}

/** How a rule compares, in the words of its form. */
export const OPERATOR_TEXT: Record<PushRule['operator'], string> = {
  STARTS_WITH: 'starts with',
  ENDS_WITH: 'ends with',
  CONTAINS: 'contains',
  EQUALS: 'equals',
}

export function addPush(org: Org, appId: string, input: PushInput): GroupPush {
  const app = getApp(org, appId)
  const group = getGroup(org, input.groupId)
  if (!app.enabled) throw new OrgError('Provisioning must be enabled before groups can be pushed.')
  if (!app.integration.actions.pushGroups)
    throw new OrgError('Push Groups is not a supported provisioning action.')
  if (app.pushes.some((push) => push.sourceGroupId === group.id)) {
    throw new OrgError(`${group.name} is already pushed to ${app.label}.`)
  }
  if (input.linkTo === undefined) {
    const sameName = app.appGroups.find((candidate) => candidate.displayName === group.name)
    if (app.integration.actions.importGroups && sameName !== undefined) {
      throw new OrgError(`A group named ${group.name} exists in ${app.label}. Choose Link Group.`)
    }
    return startPush(org, app, group, { pushMemberships: input.pushMemberships })
  }
  const linkTo = app.appGroups.find((candidate) => candidate.id === input.linkTo)
  if (linkTo === undefined)
    throw new OrgError('Choose an app group to link. Refresh App Groups first if it is missing.')
  return startPush(org, app, group, { pushMemberships: input.pushMemberships, linkTo })
}

/** *Push now*: the whole group again, whatever its state. */
export function pushNow(org: Org, appId: string, pushId: string): void {
  const { app, push } = getPush(org, appId, pushId)
  if (push.status === 'INACTIVE') throw new OrgError('Activate the group push first.')
  enqueue(org, app, { kind: 'group.push', pushId })
}

export function deactivatePush(org: Org, appId: string, pushId: string): void {
  const { app, push } = getPush(org, appId, pushId)
  push.status = 'INACTIVE'
  dropPushJobs(app, pushId)
  logPush(org, app, push, 'deactivate_mapping', 'Deactivate group push mapping')
  org.changed()
}

/** Activating pushes at once. */
export function activatePush(org: Org, appId: string, pushId: string): void {
  const { app, push } = getPush(org, appId, pushId)
  if (push.status !== 'INACTIVE') return
  push.status = 'ACTIVE'
  logPush(org, app, push, 'activate_mapping', 'Activate group push mapping')
  enqueue(org, app, { kind: 'group.push', pushId })
}

/** *Unlink pushed group*, deleting the group in the app (recommended) or leaving it as it is. */
export function unlinkPush(org: Org, appId: string, pushId: string, deleteTarget: boolean): void {
  const { app, push } = getPush(org, appId, pushId)
  dropPushJobs(app, pushId)
  app.pushes = app.pushes.filter((candidate) => candidate.id !== pushId)
  logPush(org, app, push, 'removed', 'Remove group push mapping')
  if (deleteTarget && push.targetGroupId !== '') {
    enqueue(org, app, {
      kind: 'group.delete',
      targetGroupId: push.targetGroupId,
      targetName: push.targetName,
    })
  } else {
    org.changed()
  }
}

export function retryAllPushes(org: Org, appId: string): number {
  const failed = getApp(org, appId).pushes.filter((push) => push.status === 'ERROR')
  for (const push of failed) pushNow(org, appId, push.id)
  return failed.length
}

export function addRule(org: Org, appId: string, input: Omit<PushRule, 'id' | 'active'>): PushRule {
  const app = getApp(org, appId)
  if (!app.enabled) throw new OrgError('Provisioning must be enabled before groups can be pushed.')
  const value = input.value.trim()
  if (value === '') throw new OrgError('A rule needs a text to compare the group name with.')
  const name =
    input.name.trim() === '' ? `Group name ${OPERATOR_TEXT[input.operator]} ${value}` : input.name.trim()
  const rule: PushRule = { ...input, id: newId('gpr'), name, value, active: true }
  app.rules.push(rule)
  applyRules(org)
  org.changed()
  return rule
}

export function setRuleActive(org: Org, appId: string, ruleId: string, active: boolean): void {
  getRule(org, appId, ruleId).active = active
  applyRules(org)
  org.changed()
}

/** Deleting a rule unlinks its groups, deleting or leaving them in the app. */
export function deleteRule(org: Org, appId: string, ruleId: string, deleteTargets: boolean): void {
  const app = getApp(org, appId)
  getRule(org, appId, ruleId)
  for (const push of app.pushes.filter((candidate) => candidate.ruleId === ruleId)) {
    unlinkPush(org, appId, push.id, deleteTargets)
  }
  app.rules = app.rules.filter((rule) => rule.id !== ruleId)
  org.changed()
}

/** What the *Push Status* button shows: *Pushing* while work for the group is waiting or running. */
export function pushStatus(app: App, push: GroupPush): 'Active' | 'Inactive' | 'Pushing' | 'Error' {
  if (push.status === 'INACTIVE') return 'Inactive'
  if (app.jobs.some((job) => 'pushId' in job.work && job.work.pushId === push.id)) return 'Pushing'
  return push.status === 'ERROR' ? 'Error' : 'Active'
}

function getRule(org: Org, appId: string, ruleId: string): PushRule {
  const rule = getApp(org, appId).rules.find((candidate) => candidate.id === ruleId)
  if (rule === undefined) throw new OrgError('There is no such rule.', 404)
  return rule
}

function getPush(org: Org, appId: string, pushId: string): { app: App; push: GroupPush } {
  const app = getApp(org, appId)
  const push = app.pushes.find((candidate) => candidate.id === pushId)
  if (push === undefined) throw new OrgError('This group is not pushed.', 404)
  return { app, push }
}

function logPush(org: Org, app: App, push: GroupPush, event: string, message: string): void {
  logEvent(org, `application.provision.group_push.${event}`, message, {
    appId: app.id,
    target: push.targetName,
  })
}
