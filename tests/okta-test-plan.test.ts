import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from './database.ts'
import { aClient, Browser } from './oauth-world.ts'
import { type SandboxWorld, sandboxWorld } from './sandbox-world.ts'

await testDatabase()
const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8')

/** Cases of Okta's manual test plan beside those of okta-plan.test.ts: set-up, an edited import, OAuth's refusal. */
describe.each(['oin', 'aiw'] as const)('Okta’s test plan, the rest (%s)', (dialect) => {
  let world: SandboxWorld
  beforeAll(async () => {
    world = await sandboxWorld(dialect)
  })
  afterAll(() => world.close())

  test('C9296, C9297, C9298, C9306: people, groups and the app are made, and provisioning is enabled', async () => {
    const login = `c9296.${dialect}@acme.example`
    const person = await world.api('POST', '/people', { login, firstName: 'Case', lastName: 'C9296' })
    await world.api('POST', '/groups', { name: 'C9297', members: [person.id] })
    expect((await world.okta.group('C9297')).members).toEqual([person.id])
    expect(await world.app()).toMatchObject({ enabled: true, toApp: { createUsers: true } })
  })

  test('C9313, C9314: a renamed Okta group renames the one in Muster while the flag is on, and not while it is off', async () => {
    const { id } = await world.api('POST', '/groups', { name: 'C9313' })
    await world.api('POST', `/apps/${world.appId}/push-groups`, { groupId: id })
    await world.settle()
    const made = await world.group('C9313')
    await world.api('PATCH', `/groups/${id}`, { name: 'C9313 renamed' })
    await world.settle()
    expect(await world.group('C9313 renamed')).toMatchObject({ id: made?.id })
    await world.api('PATCH', `/apps/${world.appId}`, { renameAppGroups: false })
    await world.api('PATCH', `/groups/${id}`, { name: 'C9314' })
    await world.settle()
    expect(await world.group('C9314')).toBeUndefined()
    expect(await world.group('C9313 renamed')).toMatchObject({ id: made?.id })
  })

  test('C9305, C9361: an imported and confirmed person is updated; deactivated in Muster it is inactive to Okta', async () => {
    const login = `c9305.${dialect}@acme.example`
    const { json: user } = await world.client.call('POST', '/Users', {
      userName: login,
      name: { givenName: 'Im', familyName: 'Ported' },
      emails: [{ value: login, primary: true }],
    })
    await world.submit('import/now', {})
    await world.submit('import/confirm', { id: user.id })
    const person = await world.okta.person('Ported')
    await world.api('PATCH', `/people/${person.id}`, { title: 'Linked' })
    await world.settle()
    expect(await world.user(login)).toMatchObject({ id: user.id, title: 'Linked' })
    await world.client.call('PATCH', `/Users/${user.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    })
    await world.submit('import/now', {})
    expect((await world.app()).importedUsers[user.id]).toMatchObject({ active: false })
  })
})

test('C21902: a redirect URI that is not registered is never redirected to', async () => {
  const client = await aClient()
  const uri = 'https://ct1-bootstrap.clouditude.com/admin/app/cpc/muster/oauth/callback'
  const response = await new Browser().authorize({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: uri,
    state: 's',
  })
  expect(response.status).toBe(400)
  expect(response.headers.get('location')).toBeNull()
  expect(await response.text()).not.toContain(`href="${uri}`)
})

describe('docs/okta-test-plan.md', () => {
  const rows = [
    ...read('../docs/okta-test-plan.md').matchAll(/^\| (C\d+)\s*\| (.+?)\s*\| (.+?)\s*\|$/gm),
  ].map(([, id, , state]) => [id as string, state as string] as const)
  const titles = ['okta-plan.test.ts', 'okta-test-plan.test.ts'].flatMap((file) =>
    [...read(file).matchAll(/(?:test\(|\[)'(C[^']*)'/g)].map(([, title]) => title as string),
  )
  const tested = new Set(titles.flatMap((title) => title.match(/\bC\d{4,5}\b/g) ?? []))

  test('lists each case of the plan once', () => {
    expect(rows).toHaveLength(61)
    expect(new Set(rows.map(([id]) => id)).size).toBe(61)
  })
  test.each(rows)('%s is tested, or says why not', (id, state) => {
    if (state === 'tested') expect(tested).toContain(id)
    else {
      expect(state.length).toBeGreaterThan(20)
      expect(tested).not.toContain(id)
    }
  })
})
