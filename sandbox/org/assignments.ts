import { logEvent } from './log.ts'
import { fullName, getApp, getGroup, getPerson, type Org, OrgError } from './org.ts'
import { enqueue } from './queue.ts'
import type { App, AppUser, Person } from './state.ts'

export function assign(org: Org, appId: string, what: { people?: string[]; groups?: string[] }): void {
  const app = getApp(org, appId)
  for (const id of what.people ?? []) {
    if (getPerson(org, id).status === 'DEPROVISIONED')
      throw new OrgError('A deactivated person cannot be assigned.')
    if (!app.assignedPeople.includes(id)) app.assignedPeople.push(id)
  }
  for (const id of what.groups ?? []) {
    getGroup(org, id)
    if (!app.assignedGroups.includes(id)) app.assignedGroups.push(id)
  }
  reconcileAssignments(org)
}

export function unassign(org: Org, appId: string, what: { people?: string[]; groups?: string[] }): void {
  const app = getApp(org, appId)
  app.assignedPeople = app.assignedPeople.filter((id) => !what.people?.includes(id))
  app.assignedGroups = app.assignedGroups.filter((id) => !what.groups?.includes(id))
  reconcileAssignments(org)
}

/** Brings every app's users in line with its assignments, and queues what the difference asks for. */
export function reconcileAssignments(org: Org): void {
  const people = new Map(org.state.people.map((person) => [person.id, person]))
  for (const app of org.state.apps) reconcileApp(org, app, people)
  org.changed()
}

function reconcileApp(org: Org, app: App, people: Map<string, Person>): void {
  const wanted = new Map<string, 'USER' | 'GROUP'>()
  for (const groupId of app.assignedGroups) {
    for (const id of getGroup(org, groupId).members) wanted.set(id, 'GROUP')
  }
  for (const id of app.assignedPeople) wanted.set(id, 'USER')
  for (const [id, scope] of wanted) {
    const person = people.get(id)
    if (person === undefined || person.status === 'DEPROVISIONED') {
      wanted.delete(id)
      continue
    }
    const appUser = app.appUsers[id]
    if (appUser?.assigned === true) appUser.scope = scope
    else startAppUser(org, app, person, scope)
  }
  for (const appUser of Object.values(app.appUsers)) {
    const person = people.get(appUser.personId)
    if (appUser.assigned && !wanted.has(appUser.personId)) endAppUser(org, app, appUser, person)
  }
}

function startAppUser(org: Org, app: App, person: Person, scope: 'USER' | 'GROUP'): void {
  const before = app.appUsers[person.id]
  const provision = app.enabled && app.toApp.createUsers
  app.appUsers[person.id] = {
    personId: person.id,
    scope,
    assigned: true,
    status: provision ? 'PENDING' : app.enabled ? 'ACTIVE' : 'STAGED',
    syncState: provision ? 'SYNCING' : 'DISABLED',
    externalId: before?.externalId ?? '',
    beforeProvisioning: !provision,
    error: '',
    lastSync: before?.lastSync ?? '',
  }
  const target = fullName(person)
  logEvent(org, 'application.user_membership.add', 'Add user to application membership', {
    appId: app.id,
    target,
  })
  if (provision) enqueue(org, app, { kind: 'user.provision', personId: person.id })
}

function endAppUser(org: Org, app: App, appUser: AppUser, person: Person | undefined): void {
  appUser.assigned = false
  appUser.status = 'DEPROVISIONED'
  appUser.error = ''
  const target = person === undefined ? appUser.personId : fullName(person)
  logEvent(org, 'application.user_membership.remove', 'Remove user from application membership', {
    appId: app.id,
    target,
  })
  const waiting = app.jobs.some((job) => 'personId' in job.work && job.work.personId === appUser.personId)
  if (app.enabled && app.toApp.deactivateUsers && (appUser.externalId !== '' || waiting)) {
    appUser.syncState = 'SYNCING'
    enqueue(org, app, { kind: 'user.deactivate', personId: appUser.personId })
  } else {
    appUser.syncState = 'DISABLED'
  }
}

/** Assigned before provisioning was on, and still unknown to the app. */
export function needsProvisioning(app: App, appUser: AppUser): boolean {
  return app.enabled && appUser.assigned && appUser.externalId === '' && appUser.beforeProvisioning
}

/** *Provision User*: looks the user up and creates or links it, whether or not it was tried before. */
export function provisionUsers(org: Org, appId: string, personIds: string[]): void {
  const app = getApp(org, appId)
  if (!app.enabled || !app.toApp.createUsers) {
    throw new OrgError('Create Users is not enabled under Provisioning, To App.')
  }
  for (const personId of personIds) {
    const appUser = app.appUsers[personId]
    if (appUser?.assigned !== true) continue
    appUser.status = 'PENDING'
    appUser.syncState = 'SYNCING'
    enqueue(org, app, { kind: 'user.provision', personId })
  }
}

/** *Force Sync* pushes profiles again. It never creates the users that were assigned too early. */
export function forceSync(org: Org, appId: string): number {
  const app = getApp(org, appId)
  if (!app.enabled || !app.toApp.updateUserAttributes) {
    throw new OrgError('Update User Attributes is not enabled under Provisioning, To App.')
  }
  let count = 0
  for (const appUser of Object.values(app.appUsers)) {
    if (!appUser.assigned || appUser.externalId === '') continue
    appUser.syncState = 'SYNCING'
    enqueue(org, app, { kind: 'user.update', personId: appUser.personId })
    count++
  }
  return count
}
