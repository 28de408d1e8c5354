import type { Org } from '../org/org.ts'
import type { App, JobWork } from '../org/state.ts'
import { connect, type Pace } from './connector.ts'
import { runGroupWork } from './run-group-work.ts'
import { refreshAppGroups, runImport } from './run-import.ts'
import { runUserWork } from './run-user-work.ts'

/** Does one job: SCIM requests, then what they changed in the org's own state. Safe to repeat. */
export async function runJob(org: Org, app: App, work: JobWork, pace: Pace): Promise<void> {
  const call = connect(org, app, pace)
  switch (work.kind) {
    case 'user.provision':
    case 'user.update':
    case 'user.deactivate':
    case 'user.password':
      return runUserWork(org, app, work, call)
    case 'group.push':
    case 'group.rename':
    case 'group.members':
    case 'group.delete':
      return runGroupWork(org, app, work, call)
    case 'import':
      return runImport(org, app, call)
    case 'app-groups.refresh':
      return refreshAppGroups(org, app, call)
  }
}
