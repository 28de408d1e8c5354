import { logEvent } from '../org/log.ts'
import { fullName, type Org } from '../org/org.ts'
import type { App, JobWork } from '../org/state.ts'
import type { ScimCall } from '../scim-client/call.ts'
import { provisionUser, setActive, syncPassword, updateUser } from '../scim-client/users.ts'
import { mappedUser } from './mapped-user.ts'

export type UserWork = Extract<JobWork, { personId: string }>

export async function runUserWork(org: Org, app: App, work: UserWork, call: ScimCall): Promise<void> {
  const person = org.state.people.find((candidate) => candidate.id === work.personId)
  const appUser = app.appUsers[work.personId]
  if (person === undefined || appUser === undefined) return
  const user = mappedUser(person)
  const log = (event: string, message: string) =>
    logEvent(org, `application.provision.user.${event}`, message, { appId: app.id, target: fullName(person) })

  switch (work.kind) {
    case 'user.provision': {
      if (!appUser.assigned) return
      const wasKnown = appUser.externalId !== ''
      const { id, how } = await provisionUser(call, app.dialect, app.integration.uniqueIdentifier, user)
      appUser.externalId = id
      if (how === 'linked') log('verify_exists', 'Verify user exists in external application')
      if (how === 'linked' && wasKnown) log('reactivate', 'Reactivate user in external application')
      else log('push', 'Push new user to external application')
      break
    }
    case 'user.update':
      if (!appUser.assigned || appUser.externalId === '') return
      await updateUser(call, appUser.externalId, user)
      log('push_profile', "Push user's profile to external application")
      break
    case 'user.password':
      if (!appUser.assigned || appUser.externalId === '') return
      await syncPassword(call, app.dialect, appUser.externalId, user)
      log('push_password', "Push user's password to external application")
      break
    case 'user.deactivate':
      // Assigned again in the meantime: the provisioning behind this job in the queue decides.
      if (appUser.assigned) return
      if (appUser.externalId !== '') {
        await setActive(call, app.dialect, appUser.externalId, user, false)
        log('deactivate', 'Deactivate user in external application')
      }
      appUser.syncState = 'SYNCHRONIZED'
      appUser.lastSync = org.now().toISOString()
      return
  }
  appUser.error = ''
  appUser.lastSync = org.now().toISOString()
  // Unassigned while the request was on its way: the deactivation is next in the queue.
  if (!appUser.assigned) return
  appUser.beforeProvisioning = false
  appUser.status = 'PROVISIONED'
  appUser.syncState = 'SYNCHRONIZED'
}
