import { logEvent } from '../org/log.ts'
import type { Org } from '../org/org.ts'
import type { App, AppGroup, ImportedUser } from '../org/state.ts'
import { isRecord, type ScimCall } from '../scim-client/call.ts'
import { importAll } from '../scim-client/import.ts'

/** *Import Now*: walks users (and groups, if ticked) and proposes what to do with those that are new. */
export async function runImport(org: Org, app: App, call: ScimCall): Promise<void> {
  const log = (event: string, message: string) =>
    logEvent(org, event, message, { appId: app.id, target: app.label })
  log('system.import.start', 'Start import')
  const resources = await importAll(call, 'Users')
  const scanned = resources.map(readUser).filter((user) => user.id !== '')
  const count = { imported: 0, updated: 0, unchanged: 0, removed: 0 }
  const seen = new Set<string>()
  // Inactive users are returned, and kept as any other, but not counted.
  const counts = ({ active }: RemoteUser, what: keyof typeof count) => active && count[what]++
  for (const user of scanned) {
    seen.add(user.id)
    const known = app.importedUsers[user.id]
    const decided = decide(org, app, user)
    if (known === undefined) {
      app.importedUsers[user.id] = decided
      counts(user, decided.state === 'CONFIRMED' ? 'unchanged' : 'imported')
      continue
    }
    const ignored = known.state === 'IGNORED'
    const next: ImportedUser = ignored ? { ...user, state: 'IGNORED', personId: '' } : decided
    const same = JSON.stringify(comparable(known)) === JSON.stringify(comparable(next))
    counts(user, same ? 'unchanged' : 'updated')
    app.importedUsers[user.id] = next
  }
  for (const id of Object.keys(app.importedUsers)) {
    if (seen.has(id)) continue
    delete app.importedUsers[id]
    count.removed++
  }
  const groupLines = app.integration.actions.importGroups
    ? groupCounts(app.appGroups, await importAppGroups(app, call))
    : ['0 groups scanned!']
  const active = scanned.filter((user) => user.active).length
  app.lastImport = {
    at: org.now().toISOString(),
    error: '',
    lines: [
      `${active} users scanned!`,
      `${count.imported} new users imported`,
      `${count.updated} existing users updated`,
      `${count.unchanged} existing users unchanged`,
      `${count.removed} users removed`,
      ...groupLines,
    ],
  }
  log('system.import.complete', app.lastImport.lines.join(' · '))
}

/** *Refresh App Groups*: the list from which groups can be linked. */
export async function refreshAppGroups(org: Org, app: App, call: ScimCall): Promise<void> {
  const { length } = await importAppGroups(app, call)
  logEvent(org, 'application.provision.group.import', `Refreshed ${length} app groups`, {
    appId: app.id,
    target: app.label,
  })
}

async function importAppGroups(app: App, call: ScimCall): Promise<AppGroup[]> {
  const groups = await importAll(call, 'Groups')
  app.appGroups = groups.map((group) => ({ id: text(group.id), displayName: text(group.displayName) }))
  return app.appGroups
}

/** In the words of Okta (OIN test plan C9338). */
function groupCounts(before: AppGroup[], now: AppGroup[]): string[] {
  const known = new Map(before.map(({ id, displayName }) => [id, displayName]))
  const found = now.filter(({ id }) => known.has(id))
  const updated = found.filter(({ id, displayName }) => known.get(id) !== displayName).length
  const removed = before.filter(({ id }) => !now.some((group) => group.id === id)).length
  return [
    `${now.length} groups scanned!`,
    `${now.length - found.length} new groups imported`,
    `${updated} existing groups updated`,
    `${found.length - updated} existing groups unchanged`,
    `${removed} groups removed`,
  ]
}

type RemoteUser = Omit<ImportedUser, 'state' | 'personId'>

function readUser(resource: Record<string, unknown>): RemoteUser {
  const name = isRecord(resource.name) ? resource.name : {}
  const emails = Array.isArray(resource.emails) ? resource.emails.filter(isRecord) : []
  const primary = emails.find((email) => email.primary === true) ?? emails[0]
  return {
    id: text(resource.id),
    userName: text(resource.userName),
    email: text(primary?.value),
    givenName: text(name.givenName),
    familyName: text(name.familyName),
    active: resource.active !== false,
  }
}

function decide(org: Org, app: App, user: RemoteUser): ImportedUser {
  const linked = Object.values(app.appUsers).find((appUser) => appUser.externalId === user.id)
  if (linked !== undefined) return { ...user, state: 'CONFIRMED', personId: linked.personId }
  const key = user.userName.toLowerCase()
  const match = org.state.people.find((person) => person.profile.login.toLowerCase() === key)
  return match === undefined
    ? { ...user, state: 'NEW', personId: '' }
    : { ...user, state: 'MATCHED', personId: match.id }
}

function comparable({ userName, email, givenName, familyName, active }: ImportedUser) {
  return { userName, email, givenName, familyName, active }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
