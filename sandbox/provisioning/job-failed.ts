import { newId } from '../org/ids.ts'
import { logEvent } from '../org/log.ts'
import { fullName, type Org } from '../org/org.ts'
import { workSubject } from '../org/queue.ts'
import type { App, JobWork } from '../org/state.ts'

/** Puts a failure where Okta shows it: user work in Tasks, group work at the push, an import on its tab. */
export function jobFailed(org: Org, app: App, work: JobWork, cause: string): void {
  if ('personId' in work) userFailed(org, app, work, cause)
  else if (work.kind === 'import') {
    app.lastImport = { at: org.now().toISOString(), lines: [], error: `Import failed: ${cause}` }
    failure(org, app, 'system.import.failure', cause, app.label)
  } else if (work.kind === 'group.delete') {
    const message = `Unable to delete Group Push mapping target App group ${work.targetName}: ${cause}`
    addTask(org, app, work, message)
    failure(org, app, `${PUSH}.mapping.update.or.delete.failed.with.error`, message, work.targetName)
  } else if ('pushId' in work) {
    const push = app.pushes.find((candidate) => candidate.id === work.pushId)
    if (push === undefined) return
    const message = `Unable to update Group Push mapping target App group ${push.targetName}: ${cause}`
    if (push.status !== 'INACTIVE') push.status = 'ERROR'
    push.errorSummary = message
    push.errorAt = org.now().toISOString()
    failure(org, app, `${PUSH}.mapping.update.or.delete.failed.with.error`, message, push.targetName)
  } else {
    addTask(org, app, work, `Refreshing app groups of ${app.label} failed: ${cause}`)
    failure(org, app, 'application.provision.group.import', cause, app.label)
  }
}

/** A success of the same kind takes its old failure off the list. */
export function clearTask(app: App, work: JobWork): void {
  app.tasks = app.tasks.filter(
    (task) => task.work.kind !== work.kind || workSubject(task.work) !== workSubject(work),
  )
}

const PUSH = 'application.provision.group_push'

const USER_TEXTS = {
  'user.provision': { event: 'push', text: 'Automatic provisioning of user %u to app %a failed' },
  'user.update': { event: 'push_profile', text: 'Automatic profile push of user %u to app %a failed' },
  'user.deactivate': { event: 'deactivate', text: 'Automatic deprovisioning of user %u from app %a failed' },
  'user.password': { event: 'push_password', text: 'Automatic password push of user %u to app %a failed' },
} as const

function userFailed(org: Org, app: App, work: Extract<JobWork, { personId: string }>, cause: string): void {
  const person = org.state.people.find((candidate) => candidate.id === work.personId)
  const name = person === undefined ? work.personId : fullName(person)
  const { event, text } = USER_TEXTS[work.kind]
  const message = `${text.replace('%u', () => name).replace('%a', () => app.label)}: ${cause}`
  const appUser = app.appUsers[work.personId]
  if (appUser !== undefined) {
    appUser.syncState = 'ERROR'
    appUser.error = message
  }
  addTask(org, app, work, message)
  failure(org, app, `application.provision.user.${event}`, message, name)
}

function addTask(org: Org, app: App, work: JobWork, message: string): void {
  clearTask(app, work)
  app.tasks.push({ id: newId('tsk'), work, message, at: org.now().toISOString() })
}

function failure(org: Org, app: App, type: string, message: string, target: string): void {
  logEvent(org, type, message, { appId: app.id, outcome: 'FAILURE', target })
}
