import type { Dialect } from '../scim-client/call.ts'
import { newId } from './ids.ts'
import { logEvent } from './log.ts'
import { getApp, type Org, OrgError } from './org.ts'
import { enqueue } from './queue.ts'
import type { App, Faults, Integration } from './state.ts'

export type AppInput = { label: string; name: string; dialect: Dialect }

export function addApp(org: Org, input: AppInput): App {
  const app: App = {
    id: newId('0oa'),
    ...checkedApp(input),
    created: org.now().toISOString(),
    enabled: false,
    verifiedAt: '',
    integration: emptyIntegration(),
    tokens: null,
    authenticatedAt: '',
    pendingAuthorization: null,
    toApp: { createUsers: false, updateUserAttributes: false, deactivateUsers: false, syncPassword: false },
    assignedPeople: [],
    assignedGroups: [],
    appUsers: {},
    pushes: [],
    rules: [],
    renameAppGroups: true,
    chunkSize: 100,
    concurrentChunks: false,
    jobs: [],
    tasks: [],
    appGroups: [],
    importedUsers: {},
    lastImport: null,
    faults: noFaults(),
  }
  org.state.apps.push(app)
  logEvent(org, 'application.lifecycle.create', 'Create application', { appId: app.id, target: app.label })
  org.changed()
  return app
}

export function editApp(org: Org, id: string, input: AppInput): void {
  const app = getApp(org, id)
  Object.assign(app, checkedApp(input))
  logEvent(org, 'application.lifecycle.update', 'Update application', { appId: id, target: app.label })
  org.changed()
}

export function deleteApp(org: Org, id: string): void {
  const app = getApp(org, id)
  org.state.apps = org.state.apps.filter((candidate) => candidate.id !== id)
  logEvent(org, 'application.lifecycle.delete', 'Delete application', { target: app.label })
  org.changed()
}

/** Keeps what the form says without enabling anything: a draft until *Save*. */
export function keepIntegration(org: Org, id: string, integration: Integration): App {
  const app = getApp(org, id)
  for (const [name, value] of [
    ['SCIM connector base URL', integration.baseUrl],
    ...(integration.mode === 'oauth2'
      ? [
          ['Access token endpoint URI', integration.tokenEndpoint],
          ['Authorization endpoint URI', integration.authorizationEndpoint],
        ]
      : []),
  ] as [string, string][]) {
    if (!/^https?:$/.test(parsedProtocol(value))) throw new OrgError(`${name} must be an http or https URL.`)
  }
  if (integration.mode === 'oauth2' && integration.clientId === '')
    throw new OrgError('Client ID is required.')
  const before = app.integration
  // A token belongs to the client and server it was issued for.
  if (before.clientId !== integration.clientId || before.tokenEndpoint !== integration.tokenEndpoint) {
    app.tokens = null
    app.authenticatedAt = ''
  }
  app.integration = integration
  org.changed()
  return app
}

export function setEnabled(org: Org, id: string, enabled: boolean): void {
  const app = getApp(org, id)
  app.enabled = enabled
  if (!enabled) app.jobs = app.jobs.filter((job) => job.state === 'running')
  app.verifiedAt = enabled ? org.now().toISOString() : ''
  logEvent(
    org,
    'application.configuration.update',
    enabled ? 'Enable API integration' : 'Disable API integration',
    {
      appId: id,
      target: app.label,
    },
  )
  org.changed()
}

export function retryTasks(org: Org, id: string, taskIds: string[]): void {
  const app = getApp(org, id)
  const chosen = app.tasks.filter((task) => taskIds.includes(task.id))
  app.tasks = app.tasks.filter((task) => !taskIds.includes(task.id))
  for (const task of chosen) enqueue(org, app, task.work)
  org.changed()
}

export function dismissTasks(org: Org, id: string, taskIds: string[]): void {
  const app = getApp(org, id)
  app.tasks = app.tasks.filter((task) => !taskIds.includes(task.id))
  org.changed()
}

export function noFaults(): Faults {
  return {
    next: 'none',
    remaining: 0,
    skip: 0,
    retryAfterSeconds: 30,
    unknownMember: false,
    unknownGroup: false,
  }
}

function checkedApp(input: AppInput): AppInput {
  const label = input.label.trim()
  const name = input.name.trim()
  if (label === '') throw new OrgError('An application needs a label.')
  if (!/^[A-Za-z0-9_]{1,100}$/.test(name)) {
    throw new OrgError('The app name may hold letters, digits and underscores only.')
  }
  return { label, name, dialect: input.dialect }
}

function parsedProtocol(value: string): string {
  try {
    return new URL(value).protocol
  } catch {
    return ''
  }
}

function emptyIntegration(): Integration {
  return {
    baseUrl: '',
    uniqueIdentifier: 'userName',
    actions: {
      importUsers: false,
      pushNewUsers: true,
      pushProfileUpdates: true,
      pushGroups: true,
      importGroups: false,
    },
    mode: 'oauth2',
    pkce: false,
    headerToken: '',
    basicUsername: '',
    basicPassword: '',
    authorizationEndpoint: '',
    tokenEndpoint: '',
    clientId: '',
    clientSecret: '',
    scopes: '',
    clientAuthentication: 'basic',
  }
}
