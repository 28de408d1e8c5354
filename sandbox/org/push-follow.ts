import { newId } from './ids.ts'
import { logEvent } from './log.ts'
import type { Org } from './org.ts'
import { dropPushJobs, enqueue } from './queue.ts'
import type { App, Group, GroupPush, PushRule } from './state.ts'

const MAX_GROUPS_BY_RULE = 100

/** What happens to pushed groups when the org's own groups change. */

export function groupRenamed(org: Org, group: Group): void {
  for (const { app, push } of activePushes(org, group.id)) {
    if (!app.renameAppGroups) continue
    if (push.status === 'ERROR' || push.targetGroupId === '') {
      enqueue(org, app, { kind: 'group.push', pushId: push.id })
    } else {
      enqueue(org, app, { kind: 'group.rename', pushId: push.id })
    }
  }
}

export function membersChanged(org: Org, group: Group, add: string[], remove: string[]): void {
  for (const { app, push } of activePushes(org, group.id)) {
    // After a failure the app's membership is unknown, so the whole of it goes out again.
    if (push.status === 'ERROR' || push.targetGroupId === '') {
      enqueue(org, app, { kind: 'group.push', pushId: push.id })
    } else {
      enqueue(org, app, { kind: 'group.members', pushId: push.id, add, remove })
    }
  }
}

export function sourceGroupDeleted(org: Org, group: Group): void {
  for (const app of org.state.apps) {
    for (const push of app.pushes) if (push.sourceGroupId === group.id) dropPushJobs(app, push.id)
    app.pushes = app.pushes.filter((push) => push.sourceGroupId !== group.id)
  }
}

/** Starts the push of every group that an active rule names and that is not pushed yet. */
export function applyRules(org: Org): void {
  for (const app of org.state.apps) {
    for (const rule of app.rules) {
      if (!rule.active) continue
      for (const group of org.state.groups) {
        const count = app.pushes.filter((push) => push.ruleId === rule.id).length
        if (count >= MAX_GROUPS_BY_RULE) break
        if (!matches(rule, group.name)) continue
        if (app.pushes.some((push) => push.sourceGroupId === group.id)) continue
        startPush(org, app, group, { ruleId: rule.id, pushMemberships: rule.pushMemberships })
      }
    }
  }
}

export function startPush(
  org: Org,
  app: App,
  group: Group,
  options: { ruleId?: string; pushMemberships: boolean; linkTo?: { id: string; displayName: string } },
): GroupPush {
  const push: GroupPush = {
    id: newId('gmr'),
    sourceGroupId: group.id,
    ruleId: options.ruleId ?? '',
    action: options.linkTo === undefined ? 'CREATE' : 'LINK',
    targetGroupId: options.linkTo?.id ?? '',
    targetName: options.linkTo?.displayName ?? group.name,
    status: options.pushMemberships ? 'ACTIVE' : 'INACTIVE',
    errorSummary: '',
    errorAt: '',
    lastPush: '',
    created: org.now().toISOString(),
  }
  app.pushes.push(push)
  logEvent(org, 'application.provision.group_push.mapping.created', 'Create group push mapping', {
    appId: app.id,
    target: group.name,
  })
  if (push.status === 'ACTIVE') enqueue(org, app, { kind: 'group.push', pushId: push.id })
  else org.changed()
  return push
}

function matches(rule: PushRule, name: string): boolean {
  const text = name.toLowerCase()
  const value = rule.value.toLowerCase()
  if (rule.operator === 'STARTS_WITH') return text.startsWith(value)
  if (rule.operator === 'ENDS_WITH') return text.endsWith(value)
  if (rule.operator === 'CONTAINS') return text.includes(value)
  return text === value
}

function* activePushes(org: Org, groupId: string): Generator<{ app: App; push: GroupPush }> {
  for (const app of org.state.apps) {
    if (!app.enabled) continue
    for (const push of app.pushes) {
      if (push.sourceGroupId === groupId && push.status !== 'INACTIVE') yield { app, push }
    }
  }
}
