import { assign } from './assignments.ts'
import { getApp, type Org, OrgError } from './org.ts'
import { addPerson } from './people.ts'
import type { AppUser, ImportedUser } from './state.ts'

/** *Confirm Assignments*: links the imported user to the matching person, or to a new one. */
export function confirmImported(org: Org, appId: string, importedId: string): void {
  const app = getApp(org, appId)
  const imported = getImported(org, appId, importedId)
  if (imported.state === 'CONFIRMED') return
  const personId = imported.personId === '' ? newPerson(org, imported) : imported.personId
  const appUser: AppUser = {
    personId,
    scope: 'USER',
    assigned: true,
    status: 'PROVISIONED',
    syncState: 'SYNCHRONIZED',
    externalId: imported.id,
    beforeProvisioning: false,
    error: '',
    lastSync: org.now().toISOString(),
  }
  app.appUsers[personId] = appUser
  imported.state = 'CONFIRMED'
  imported.personId = personId
  assign(org, appId, { people: [personId] })
}

/** *Ignore*: "User is IGNORED in Okta". */
export function ignoreImported(org: Org, appId: string, importedId: string): void {
  const imported = getImported(org, appId, importedId)
  imported.state = 'IGNORED'
  imported.personId = ''
  org.changed()
}

function newPerson(org: Org, imported: ImportedUser): string {
  return addPerson(org, {
    login: imported.userName.includes('@') ? imported.userName : imported.email,
    email: imported.email,
    firstName: imported.givenName || imported.userName.split('@')[0] || 'Unknown',
    lastName: imported.familyName || 'Unknown',
  }).id
}

function getImported(org: Org, appId: string, id: string): ImportedUser {
  const imported = getApp(org, appId).importedUsers[id]
  if (imported === undefined) throw new OrgError('There is no such imported user.', 404)
  return imported
}
