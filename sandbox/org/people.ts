import { reconcileAssignments } from './assignments.ts'
import { newId } from './ids.ts'
import { logEvent } from './log.ts'
import { fullName, getPerson, type Org, OrgError } from './org.ts'
import { enqueue, workSubject } from './queue.ts'
import type { Person, Profile } from './state.ts'

export type ProfileInput = Partial<Profile> & Pick<Profile, 'login'>

export function addPerson(org: Org, input: ProfileInput): Person {
  const profile = checkedProfile(org, input, undefined)
  const person: Person = { id: newId('00u'), status: 'ACTIVE', profile, created: org.now().toISOString() }
  org.state.people.push(person)
  logEvent(org, 'user.lifecycle.create', 'Create Okta user', { target: fullName(person) })
  logEvent(org, 'user.lifecycle.activate', 'Activate Okta user', { target: fullName(person) })
  org.changed()
  return person
}

/** A change of profile is pushed to every app in which the person is provisioned. */
export function editPerson(org: Org, id: string, input: Partial<Profile>): void {
  const person = getPerson(org, id)
  person.profile = checkedProfile(org, { ...person.profile, ...input }, id)
  logEvent(org, 'user.account.update_profile', 'Update user profile for Okta', { target: fullName(person) })
  for (const app of org.state.apps) {
    const appUser = app.appUsers[id]
    if (!app.enabled || !app.toApp.updateUserAttributes || appUser?.assigned !== true) continue
    // A creation under way has read the old profile already.
    const creating = app.jobs.some((job) => job.state === 'running' && workSubject(job.work) === id)
    if (appUser.externalId === '' && !creating) continue
    appUser.syncState = 'SYNCING'
    enqueue(org, app, { kind: 'user.update', personId: id })
  }
  org.changed()
}

/**
 * Deactivating a person takes away their own assignments; those that come from groups return when the
 * person is activated again. Only the removal from the app makes traffic.
 */
export function deactivatePerson(org: Org, id: string): void {
  const person = getPerson(org, id)
  if (person.status === 'DEPROVISIONED') return
  person.status = 'DEPROVISIONED'
  logEvent(org, 'user.lifecycle.deactivate', 'Deactivate Okta user', { target: fullName(person) })
  for (const app of org.state.apps) {
    app.assignedPeople = app.assignedPeople.filter((personId) => personId !== id)
  }
  reconcileAssignments(org)
}

export function activatePerson(org: Org, id: string): void {
  const person = getPerson(org, id)
  if (person.status === 'ACTIVE') return
  person.status = 'ACTIVE'
  logEvent(org, 'user.lifecycle.activate', 'Activate Okta user', { target: fullName(person) })
  reconcileAssignments(org)
}

/** Okta tells the apps nothing when a user is suspended. */
export function suspendPerson(org: Org, id: string): void {
  const person = getPerson(org, id)
  if (person.status !== 'ACTIVE') throw new OrgError('Only an active person can be suspended.')
  person.status = 'SUSPENDED'
  logEvent(org, 'user.lifecycle.suspend', 'Suspend Okta user', { target: fullName(person) })
  org.changed()
}

export function unsuspendPerson(org: Org, id: string): void {
  const person = getPerson(org, id)
  if (person.status !== 'SUSPENDED') throw new OrgError('Only a suspended person can be unsuspended.')
  person.status = 'ACTIVE'
  logEvent(org, 'user.lifecycle.unsuspend', 'Unsuspend Okta user', { target: fullName(person) })
  org.changed()
}

export function resetPassword(org: Org, id: string): void {
  const person = getPerson(org, id)
  logEvent(org, 'user.account.update_password', 'User update password for Okta', { target: fullName(person) })
  for (const app of org.state.apps) {
    const appUser = app.appUsers[id]
    if (!app.enabled || !app.toApp.syncPassword || appUser?.assigned !== true) continue
    if (appUser.externalId !== '') enqueue(org, app, { kind: 'user.password', personId: id })
  }
  org.changed()
}

export function deletePerson(org: Org, id: string): void {
  const person = getPerson(org, id)
  if (person.status !== 'DEPROVISIONED') throw new OrgError('Deactivate the person before deleting them.')
  org.state.people = org.state.people.filter((candidate) => candidate.id !== id)
  for (const group of org.state.groups) group.members = group.members.filter((member) => member !== id)
  for (const app of org.state.apps) delete app.appUsers[id]
  logEvent(org, 'user.lifecycle.delete.completed', 'Delete Okta user', { target: fullName(person) })
  org.changed()
}

function checkedProfile(org: Org, input: ProfileInput, id: string | undefined): Profile {
  const text = (value: string | undefined) => (value ?? '').trim()
  const login = text(input.login)
  if (!/^[^\s@]+@[^\s@]+$/.test(login))
    throw new OrgError('Username must be in the form of an email address.')
  const key = login.toLowerCase()
  const taken = org.state.people.some((p) => p.id !== id && p.profile.login.toLowerCase() === key)
  if (taken) throw new OrgError(`A person with the username ${login} exists already.`)
  const firstName = text(input.firstName)
  const lastName = text(input.lastName)
  if (firstName === '' || lastName === '') throw new OrgError('First name and last name are required.')
  return {
    login,
    email: text(input.email) === '' ? login : text(input.email),
    firstName,
    lastName,
    displayName: text(input.displayName),
    title: text(input.title),
    department: text(input.department),
  }
}
