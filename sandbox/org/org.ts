import type { App, Group, OrgState, Person } from './state.ts'

/** The running org: its state, and whom to tell when a verb has changed it. */
export type Org = {
  state: OrgState
  now: () => Date
  /** Saves soon and lets the workers look at their queues. */
  changed: () => void
}

/** Refused, with a text for the person who asked. */
export class OrgError extends Error {
  readonly status: 400 | 404
  constructor(message: string, status: 400 | 404 = 400) {
    super(message)
    this.name = 'OrgError'
    this.status = status
  }
}

export function emptyOrg(now: Date): OrgState {
  const admin: Person = {
    id: '00uadmin0000000000AA',
    status: 'ACTIVE',
    created: now.toISOString(),
    profile: {
      login: 'admin@okta-sandbox.example',
      email: 'admin@okta-sandbox.example',
      firstName: 'Alex',
      lastName: 'Admin',
      displayName: '',
      title: 'Okta administrator',
      department: '',
    },
  }
  return { version: 1, name: 'okta-sandbox', people: [admin], groups: [], apps: [], log: [], nextLogId: 1 }
}

export function getPerson(org: Org, id: string): Person {
  const person = org.state.people.find((candidate) => candidate.id === id)
  if (person === undefined) throw new OrgError('There is no such person.', 404)
  return person
}

export function getGroup(org: Org, id: string): Group {
  const group = org.state.groups.find((candidate) => candidate.id === id)
  if (group === undefined) throw new OrgError('There is no such group.', 404)
  return group
}

export function getApp(org: Org, id: string): App {
  const app = org.state.apps.find((candidate) => candidate.id === id)
  if (app === undefined) throw new OrgError('There is no such application.', 404)
  return app
}

export function fullName(person: Person): string {
  return `${person.profile.firstName} ${person.profile.lastName}`.trim()
}
