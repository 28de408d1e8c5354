import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from './database.ts'
import { type SandboxWorld, sandboxWorld } from './sandbox-world.ts'

await testDatabase()

/**
 * Okta's manual test plan for apps of its catalog (“OIN SCIM test plan”), done with the sandbox in both dialects. The
 * numbers are the plan's own; docs/okta-test-plan.md lists them all, and okta-test-plan.test.ts has the rest.
 */
describe.each(['oin', 'aiw'] as const)('Okta’s test plan for provisioning (%s)', (dialect) => {
  let world: SandboxWorld
  beforeAll(async () => {
    world = await sandboxWorld(dialect)
  })
  afterAll(() => world.close())

  const assign = async (what: { people?: string[]; groups?: string[] }) => {
    await world.api('POST', `/apps/${world.appId}/assign`, what)
    await world.settle()
  }
  const pushByName = async (name: string, more: Record<string, string> = {}) => {
    const { id } = await world.okta.group(name)
    await world.submit('push-groups', {
      groupId: id,
      groupName: name,
      pushMemberships: 'on',
      action: 'CREATE',
      ...more,
    })
  }
  const pushVerb = async (group: string, verb: string, form: Record<string, string> = {}) =>
    world.submit(`push-groups/${(await world.okta.push(group))?.id}/${verb}`, form)
  const status = async (group: string) => (await world.okta.push(group))?.pushStatus
  const memberIds = (group: Record<string, any> | undefined): string[] =>
    (group?.members ?? []).map((member: { value: string }) => member.value).sort()
  /** SCIM ids of an Okta group's people. */
  const expectedIds = async (name: string) => {
    const { appUsers } = await world.app()
    const { members } = await world.okta.group(name)
    return members.map((id) => appUsers[id]?.externalId ?? 'not provisioned').sort()
  }
  const changeGroup = async (name: string, change: object) => {
    await world.api('PATCH', `/groups/${(await world.okta.group(name)).id}`, change)
    await world.settle()
  }

  test('C9340, C9341: wrong credentials are an error, right ones are taken', async () => {
    const integration = (await world.app()).integration
    const form = { enabled: 'on', mode: 'header', baseUrl: integration.baseUrl, pushGroups: 'on', do: 'save' }
    await world.submit('provisioning/integration', { ...form, headerToken: 'wrong' })
    const log: { type: string; message: string }[] = await world.api('GET', '/log?kind=events')
    expect(log.at(-1)).toMatchObject({ type: 'application.integration.authentication_failure' })
    expect(log.at(-1)?.message).toMatch(
      /^Error while verifying credentials: Unauthorized\. Errors reported by remote server: /,
    )
    await world.submit('provisioning/integration', { ...form, headerToken: world.client.token })
    expect((await world.app()).enabled).toBe(true)
  })

  test('C9290, C9334, C9336: an assigned person is created, with every mapped attribute', async () => {
    const person = await world.okta.person('Mansour')
    await assign({ people: [person.id] })
    expect(await world.user(person.profile.login)).toMatchObject({
      active: true,
      userName: person.profile.login,
      name: { givenName: 'Dalia', familyName: 'Mansour' },
      displayName: 'Dalia Mansour',
      title: 'Accountant',
      externalId: person.id,
      emails: [{ value: person.profile.email, primary: true, type: 'work' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Finance' },
    })
    expect(await world.okta.appUser(person.id)).toMatchObject({ scope: 'USER', status: 'PROVISIONED' })
    expect((await world.app()).tasks).toEqual([])
  })

  test('C9335: a user who is there already is linked and updated, not created', async () => {
    const person = await world.okta.person('Holm')
    const { json: before } = await world.client.call('POST', '/Users', {
      userName: person.profile.login.toUpperCase(),
      title: 'Was here before',
      active: true,
    })
    await assign({ people: [person.id] })
    expect(await world.user(person.profile.login)).toMatchObject({
      id: before.id,
      title: 'Payroll Specialist',
    })
    expect((await world.okta.appUser(person.id)).externalId).toBe(before.id)
  })

  test('C9307: the people of an assigned group are created, and are of type Group', async () => {
    const support = await world.okta.group('Support')
    await assign({ groups: [support.id] })
    for (const id of support.members)
      expect(await world.okta.appUser(id)).toMatchObject({ scope: 'GROUP', status: 'PROVISIONED' })
    const users = await world.inMuster('Users', 'active eq true')
    expect(users).toHaveLength(support.members.length + 2)
  })

  test('C9291, C9310, C9337: changed and emptied attributes follow', async () => {
    const person = await world.okta.person('Schmidt')
    await world.api('PATCH', `/people/${person.id}`, { title: 'Team Lead', department: 'Customer Care' })
    await world.settle()
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    expect(await world.user(person.profile.login)).toMatchObject({
      title: 'Team Lead',
      [enterprise]: { department: 'Customer Care' },
    })
    await world.api('PATCH', `/people/${person.id}`, { title: '', department: '' })
    await world.settle()
    const emptied = await world.user(person.profile.login)
    expect(emptied).not.toHaveProperty('title')
    expect(emptied?.[enterprise]?.department).toBeUndefined()
    expect((await world.app()).tasks).toEqual([])
  })

  test('C9292, C9293: deactivated in Okta is deactivated in Muster; activated it has its id and attributes', async () => {
    const person = await world.okta.person('Petrov')
    const before = await world.user(person.profile.login)
    await world.api('POST', `/people/${person.id}/deactivate`)
    await world.settle()
    expect(await world.user(person.profile.login)).toMatchObject({ id: before?.id, active: false })
    await world.api('POST', `/people/${person.id}/activate`)
    await world.settle()
    const { meta: _, ...after } = (await world.user(person.profile.login)) ?? {}
    const { meta: __, ...was } = before ?? {}
    expect(after).toEqual(was)
  })

  test('C9294: unassigned is deactivated, assigned again is active', async () => {
    const person = await world.okta.person('Mansour')
    const { id } = (await world.user(person.profile.login)) ?? {}
    await world.api('POST', `/apps/${world.appId}/unassign`, { people: [person.id] })
    await world.settle()
    expect(await world.user(person.profile.login)).toMatchObject({ id, active: false })
    await assign({ people: [person.id] })
    expect(await world.user(person.profile.login)).toMatchObject({ id, active: true })
  })

  test('C9301, C9302: a synchronised password is taken without an error and shown nowhere', async () => {
    const person = await world.okta.person('Lee')
    await world.api('POST', `/people/${person.id}/password`)
    await world.settle()
    expect((await world.app()).tasks).toEqual([])
    expect(await world.user(person.profile.login)).not.toHaveProperty('password')
  })

  test('C9312, C9317: a pushed group is created with its people, an empty one without', async () => {
    await pushByName('Support')
    expect(memberIds(await world.group('Support'))).toEqual(await expectedIds('Support'))
    await world.api('POST', '/groups', { name: 'Nobody yet' })
    await pushByName('Nobody yet')
    expect(memberIds(await world.group('Nobody yet'))).toEqual([])
    expect([await status('Support'), await status('Nobody yet')]).toEqual(['Active', 'Active'])
  })

  test('C9308, C9332: a person added to the assigned and pushed group is created and becomes a member', async () => {
    const person = await world.okta.person('Zieliński')
    await changeGroup('Support', { add: [person.id] })
    expect(await world.user(person.profile.login)).toMatchObject({ active: true })
    expect(memberIds(await world.group('Support'))).toEqual(await expectedIds('Support'))
  })

  test('C9333: a person removed from it is no member and is deactivated', async () => {
    const person = await world.okta.person('Zieliński')
    await changeGroup('Support', { remove: [person.id] })
    expect(memberIds(await world.group('Support'))).toEqual(await expectedIds('Support'))
    expect(await world.user(person.profile.login)).toMatchObject({ active: false })
  })

  test('C9316: Push Now makes Okta the master of the whole membership again', async () => {
    const group = await world.group('Support')
    const stranger = await world.user((await world.okta.person('Holm')).profile.login)
    await world.client.call('PATCH', `/Groups/${group?.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'members', value: [{ value: stranger?.id }] }],
    })
    await pushVerb('Support', 'push-now')
    expect(memberIds(await world.group('Support'))).toEqual(await expectedIds('Support'))
  })

  test('C9319, C9320: a deactivated push keeps the group as it is; activated it pushes at once', async () => {
    const holm = await world.okta.person('Holm')
    const before = memberIds(await world.group('Support'))
    await pushVerb('Support', 'deactivate')
    await changeGroup('Support', { add: [holm.id] })
    expect(await status('Support')).toBe('Inactive')
    expect(memberIds(await world.group('Support'))).toEqual(before)
    await pushVerb('Support', 'activate')
    expect(await status('Support')).toBe('Active')
    expect(memberIds(await world.group('Support'))).toEqual(await expectedIds('Support'))
  })

  test('C9321, C9322: a group that was left in Muster is linked again, and follows again', async () => {
    const { id } = (await world.group('Support')) ?? {}
    const before = memberIds(await world.group('Support'))
    await pushVerb('Support', 'unlink', { target: 'leave' })
    expect(await world.okta.push('Support')).toBeUndefined()
    expect(memberIds(await world.group('Support'))).toEqual(before)
    await world.submit('push-groups/refresh', {})
    await pushByName('Support', { action: 'LINK', linkTo: id })
    const vogel = await world.okta.person('Vogel')
    await changeGroup('Support', { add: [vogel.id] })
    expect(await world.group('Support')).toMatchObject({ id })
    expect(memberIds(await world.group('Support'))).toEqual(await expectedIds('Support'))
  })

  test.each([
    ['C9315', true],
    ['C9330', false],
  ])('%s: a linked group gets the people, keeps those it had, and is renamed: %s', async (_, rename) => {
    await world.submit('push-groups/settings', rename ? { rename: 'on' } : {})
    const name = rename ? 'Linked' : 'Linked too'
    const before = await world.user((await world.okta.person('Holm')).profile.login)
    const { json: target } = await world.client.call('POST', '/Groups', {
      displayName: `${name}, in Muster`,
      members: [{ value: before?.id }],
    })
    const lee = await world.okta.person('Lee')
    await world.api('POST', '/groups', { name, members: [lee.id] })
    await world.submit('push-groups/refresh', {})
    await pushByName(name, { action: 'LINK', linkTo: target.id })
    expect(await status(name)).toBe('Active')
    const now = await world.group(rename ? name : `${name}, in Muster`)
    expect(now?.id).toBe(target.id)
    expect(memberIds(now)).toEqual([before?.id, (await world.okta.appUser(lee.id)).externalId].sort())
    await world.submit('push-groups/settings', { rename: 'on' })
  })

  test('C9318: unlinking with deletion deletes the group, and no user', async () => {
    const users = (await world.inMuster('Users', 'userName pr')).length
    await pushVerb('Support', 'unlink', { target: 'delete' })
    expect(await world.group('Support')).toBeUndefined()
    expect(await world.inMuster('Users', 'userName pr')).toHaveLength(users)
  })

  test('C9323, C9324, C9325, C9326: a rule pushes what it finds; inactive it finds nothing new; deleted it leaves or deletes', async () => {
    const rule = { operator: 'STARTS_WITH', pushMemberships: 'on' }
    for (const name of ['app-a', 'app-b']) await world.api('POST', '/groups', { name })
    await world.submit('push-groups/rules', { ...rule, name: 'Apps', value: 'app-' })
    expect([await status('app-a'), await status('app-b')]).toEqual(['Active', 'Active'])
    const apps = async () => (await world.app()).rules.find(({ name }) => name === 'Apps')?.id
    await world.submit(`push-groups/rules/${await apps()}/deactivate`, {})
    await world.api('POST', '/groups', { name: 'app-c' })
    await world.settle()
    expect(await world.okta.push('app-c')).toBeUndefined()
    expect(await status('app-a')).toBe('Active')
    await world.submit(`push-groups/rules/${await apps()}/delete-and-leave`, {})
    expect(await world.okta.push('app-a')).toBeUndefined()
    expect(await world.group('app-a')).toBeDefined()
    await world.submit('push-groups/rules', { ...rule, name: 'Apps', value: 'app-' })
    expect(await status('app-c')).toBe('Active')
    await world.submit(`push-groups/rules/${await apps()}/delete`, {})
    for (const name of ['app-a', 'app-b', 'app-c']) expect(await world.group(name)).toBeUndefined()
  })

  test('C9327, C9328, C9329, C9331: Bulk Edit deactivates, activates, deletes, and leaves', async () => {
    const names = ['bulk-a', 'bulk-b']
    for (const name of names) {
      await world.api('POST', '/groups', { name })
      await pushByName(name)
    }
    const bulk = async (form: Record<string, string>) => {
      const ids = await Promise.all(names.map(async (name) => (await world.okta.push(name))?.id ?? ''))
      await world.submit('push-groups/bulk', { push: ids, ...form })
    }
    await bulk({ do: 'deactivate' })
    for (const name of names) expect(await status(name)).toBe('Inactive')
    await bulk({ do: 'activate' })
    for (const name of names) expect(await status(name)).toBe('Active')
    await bulk({ do: 'delete', target: 'leave' })
    for (const name of names) expect(await world.group(name)).toBeDefined()
    for (const name of names) await pushByName(name)
    await bulk({ do: 'delete', target: 'delete' })
    for (const name of names) expect(await world.group(name)).toBeUndefined()
  })

  test('C9303, C9304, C9338: an import finds what was made in Muster, and counts who is active', async () => {
    await world.client.call('POST', '/Users', {
      userName: 'made.here@acme.example',
      name: { givenName: 'Made', familyName: 'Here' },
      emails: [{ value: 'made.here@acme.example', primary: true }],
      active: true,
    })
    await world.api('PUT', `/apps/${world.appId}/integration`, {
      actions: { ...(await world.app()).integration.actions, importUsers: true, importGroups: true },
    })
    await world.submit('import/now', {})
    const { lastImport, importedUsers } = await world.app()
    const users = await world.inMuster('Users', 'userName pr')
    const groups = await world.inMuster('Groups', 'displayName pr')
    const active = users.filter((user) => user.active).length
    expect(lastImport?.lines).toEqual([
      `${active} users scanned!`,
      '1 new users imported',
      '0 existing users updated',
      `${active - 1} existing users unchanged`,
      '0 users removed',
      `${groups.length} groups scanned!`,
      expect.stringMatching(/^\d+ new groups imported$/),
      '0 existing groups updated',
      expect.stringMatching(/^\d+ existing groups unchanged$/),
      '0 groups removed',
    ])
    const found = Object.values(importedUsers).find((one) => one.userName === 'made.here@acme.example')
    await world.submit('import/confirm', { id: found?.id ?? '' })
    const person = await world.okta.person('Here')
    expect(person.profile).toMatchObject({ login: 'made.here@acme.example', firstName: 'Made' })
    expect(await world.okta.appUser(person.id)).toMatchObject({
      externalId: found?.id,
      status: 'PROVISIONED',
    })
  })

  test('C9295, C9300: suspending and unsuspending send nothing', async () => {
    const { id, profile } = await world.okta.person('Lee')
    const before: unknown[] = await world.api('GET', '/log?kind=http')
    for (const verb of ['suspend', 'unsuspend']) {
      await world.api('POST', `/people/${id}/${verb}`)
      await world.settle()
    }
    expect(await world.api('GET', '/log?kind=http')).toHaveLength(before.length)
    expect(await world.user(profile.login)).toMatchObject({ active: true })
  })

  test('C9311: a group taken from the assignments deactivates its people', async () => {
    const support = await world.okta.group('Support')
    await world.api('POST', `/apps/${world.appId}/unassign`, { groups: [support.id] })
    await world.settle()
    const lee = await world.okta.person('Lee')
    expect(await world.user(lee.profile.login)).toMatchObject({ active: false })
    expect((await world.app()).tasks).toEqual([])
  })

  test('an answer that is lost becomes a task, and Retry Selected links what was made', async () => {
    const person = await world.okta.person('Fontaine')
    // The look-up gets its answer; the creation is done, and its answer is lost.
    await world.api('PUT', `/apps/${world.appId}/faults`, { next: 'lost-answer', remaining: 1, skip: 1 })
    await assign({ people: [person.id] })
    const [task] = (await world.app()).tasks
    expect(task?.message).toBe(
      'Automatic provisioning of user Xavier Fontaine to app Muster failed: Error while creating user Xavier Fontaine: Read timed out. Errors reported by remote server: no answer within the time-out',
    )
    const made = await world.user(person.profile.login)
    await world.api('POST', `/apps/${world.appId}/retry-tasks`)
    await world.settle()
    expect((await world.app()).tasks).toEqual([])
    expect((await world.okta.appUser(person.id)).externalId).toBe(made?.id)
  })

  test('C9339: with provisioning off nothing is sent', async () => {
    const person = await world.okta.person('Lindqvist')
    await world.submit('provisioning/integration', { do: 'save' })
    const before: unknown[] = await world.api('GET', '/log?kind=http')
    await assign({ people: [person.id] })
    expect(await world.api('GET', '/log?kind=http')).toHaveLength(before.length)
    expect(await world.user(person.profile.login)).toBeUndefined()
  })
})
