import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ScimCall, ScimRequest } from './call.ts'
import { changeMembers, deleteGroup, findOrCreateGroup, pushWholeGroup, renameGroup } from './groups.ts'
import { importAll } from './import.ts'
import type { MappedUser } from './user-body.ts'
import { provisionUser, setActive } from './users.ts'

/** The requests of Okta's own SCIM 2.0 reference, as printed there. */
type Printed = { section: string; kind: string; method: string; path: string; body?: Record<string, unknown> }
const file = new URL('../testing/okta-scim20-wire.json', import.meta.url)
const printed = (JSON.parse(readFileSync(file, 'utf8')) as Printed[]).filter(({ kind }) => kind === 'request')

function inReference(section: string, method: string, which = 0): ScimRequest {
  const found = printed.filter((one) => one.section === section && one.method === method)[which]
  if (found === undefined) throw new Error(`the reference has no ${method} under "${section}"`)
  const path = found.path.replace('/scim/v2', '')
  return {
    method: method as ScimRequest['method'],
    path,
    ...(found.body === undefined ? {} : { body: found.body }),
  }
}

/** What is sent to a server that knows nothing, except for what `answers` says by method and path. */
async function sent(work: (call: ScimCall) => Promise<unknown>, answers: Record<string, unknown> = {}) {
  const requests: ScimRequest[] = []
  await work(async (request) => {
    requests.push(request)
    const [path] = request.path.split('?')
    return { status: 200, body: answers[`${request.method} ${path}`] ?? { id: 'made', Resources: [] } }
  })
  return requests
}

const user: MappedUser = {
  oktaId: '00ujl29u0le5T6Aj10h7',
  userName: 'test.user@okta.local',
  email: 'test.user@okta.local',
  givenName: 'Test',
  familyName: 'User',
  displayName: 'Test User',
  title: '',
  department: '',
  locale: 'en-US',
}
const userId = '23a35c27-23d3-4c03-b4c5-6443c09e7173'
const group = { id: 'abf4dd94-a4c0-4f67-89c9-76b03340cb9b', displayName: 'Test SCIMv2' }
const one = { value: userId, display: 'test.user@okta.local' }
const two = { value: '89bb1940-b905-4575-9e7f-6f887cfb368e', display: 'test.user@okta.local' }
const limits = { chunkSize: 100, concurrent: false }

test('a user is looked up and created as the reference prints it, with a placeholder password', async () => {
  const [lookUp, create] = await sent((call) => provisionUser(call, 'oin', 'userName', user))
  expect(lookUp).toEqual(inReference('Determine if the User already exists', 'GET'))
  const expected = inReference('Create the User', 'POST')
  expect(create).toEqual({
    ...expected,
    body: { ...(expected.body as object), password: expect.stringMatching(/^\w{8}$/) },
  })
  expect(Object.keys(create?.body as object)).toEqual(Object.keys(expected.body as object))
})

test('a user is deactivated by a PATCH without a path', async () => {
  const [patch] = await sent((call) => setActive(call, 'oin', userId, user, false))
  expect(patch).toEqual(inReference('Update a specific User (PATCH)', 'PATCH'))
})

test('users and groups are read by the hundred', async () => {
  const none = { totalResults: 0, Resources: [] }
  const answers = { 'GET /Users': none, 'GET /Groups': none }
  expect(await sent((call) => importAll(call, 'Users'), answers)).toEqual([
    inReference('Retrieve Users', 'GET'),
  ])
  expect(await sent((call) => importAll(call, 'Groups'), answers)).toEqual([
    inReference('Retrieve Groups', 'GET'),
  ])
})

test('a group is looked up by name, created empty, renamed and deleted as printed', async () => {
  const [lookUp, create] = await sent((call) => findOrCreateGroup(call, group.displayName))
  expect(lookUp).toEqual(inReference('Retrieve Groups', 'GET', 1))
  expect(create).toEqual(inReference('Create Groups', 'POST'))
  const [rename] = await sent((call) => renameGroup(call, 'oin', group, []))
  expect(rename).toEqual(inReference('Update a specific Group name', 'PATCH'))
  const [remove] = await sent((call) => deleteGroup(call, group))
  expect(remove).toEqual(inReference('Delete a specific Group', 'DELETE'))
})

test('memberships go out by difference, as a whole group, and as a full overwrite', async () => {
  const section = 'Update specific Group membership'
  const change = { add: [one], remove: [two.value] }
  const patches = await sent((call) => changeMembers(call, 'oin', group, change, [one], limits))
  expect(patches.at(-1)).toEqual(inReference(section, 'PATCH', 0))
  const puts = await sent((call) => changeMembers(call, 'aiw', group, change, [one], limits))
  const whole = inReference(section, 'PUT')
  // The reference's sample leaves out the id; captures of private apps have it.
  expect(puts.at(-1)).toEqual({ ...whole, body: { ...(whole.body as object), id: group.id } })
  const overwrite = await sent((call) => pushWholeGroup(call, 'oin', group, [one, two], limits))
  expect(overwrite.at(-1)).toEqual(inReference(section, 'PATCH', 1))
})
