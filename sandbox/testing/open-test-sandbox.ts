import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addApp } from '../org/apps.ts'
import { assign } from '../org/assignments.ts'
import { addGroup, changeGroupMembers } from '../org/groups.ts'
import { addPerson } from '../org/people.ts'
import type { App, Group, Integration, Person } from '../org/state.ts'
import { saveIntegration, saveToApp } from '../provisioning/api-integration.ts'
import { type OpenSandbox, openSandbox } from '../sandbox.ts'
import type { Dialect } from '../scim-client/call.ts'
import { FakeApp } from './fake-app.ts'

export type TestSandbox = OpenSandbox & { fake: FakeApp; statePath: string; settle: () => Promise<void> }

type Options = { clockSpeed?: number; timeoutMilliseconds?: number }

/** A sandbox with its state in a folder of its own, beside a fake app. `stop` ends both. */
export async function openTestSandbox(
  options: Options = {},
): Promise<TestSandbox & { stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const statePath = join(folder, 'sandbox.json')
  const fake = new FakeApp()
  await fake.start()
  const sandbox = reopen(statePath, options)
  return {
    ...sandbox,
    fake,
    statePath,
    settle: async () => {
      if (!(await sandbox.runner.idle(10_000))) throw new Error('The queues did not empty.')
    },
    stop: async () => {
      await sandbox.close()
      await fake.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function reopen(statePath: string, options: Options = {}): OpenSandbox {
  return openSandbox({
    statePath,
    origin: 'http://localhost:4400',
    clockSpeed: options.clockSpeed ?? 1,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 5000,
    pauseMilliseconds: 0,
  })
}

/** An app with provisioning on and all three features, ready for assignments. */
export async function connectedApp(
  { org, pace, fake }: TestSandbox,
  dialect: Dialect,
  integration: Partial<Integration> = {},
): Promise<App> {
  const app = addApp(org, { label: 'Muster', name: 'muster', dialect })
  const settings: Integration = {
    ...app.integration,
    baseUrl: fake.baseUrl,
    mode: 'header',
    headerToken: 'access-1',
    tokenEndpoint: `${fake.origin}/token`,
    authorizationEndpoint: `${fake.origin}/authorize`,
    clientId: 'okta client',
    clientSecret: 's3cret/+',
    ...integration,
  }
  // As if the code flow had been gone through.
  app.integration = settings
  app.tokens = { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAt: '', scope: '' }
  await saveIntegration(org, app.id, true, settings, pace)
  const features = {
    createUsers: true,
    updateUserAttributes: true,
    deactivateUsers: true,
    syncPassword: false,
  }
  await saveToApp(org, app.id, features, pace)
  fake.received.length = 0
  return app
}

export function person({ org }: TestSandbox, name: string): Person {
  return addPerson(org, { login: `${name}@okta.local`, firstName: name, lastName: 'User' })
}

export function group({ org }: TestSandbox, name: string, members: Person[] = []): Group {
  const made = addGroup(org, { name })
  changeGroupMembers(org, made.id, { add: members.map((member) => member.id) })
  return made
}

export async function assigned(sandbox: TestSandbox, app: App, ...people: Person[]): Promise<void> {
  assign(sandbox.org, app.id, { people: people.map((one) => one.id) })
  await sandbox.settle()
  sandbox.fake.received.length = 0
}
