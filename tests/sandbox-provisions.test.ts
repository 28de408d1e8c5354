import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from './database.ts'
import { type SandboxWorld, sandboxWorld } from './sandbox-world.ts'

await testDatabase()

describe.each(['oin', 'aiw'] as const)('a whole org is provisioned by the sandbox (%s)', (dialect) => {
  let world: SandboxWorld
  let appId: string
  let people: { id: string; profile: { login: string; lastName: string } }[]
  let groups: { id: string; name: string; members: string[] }[]

  const { api, settle, app, inMuster } = {
    api: (...args: Parameters<SandboxWorld['api']>) => world.api(...args),
    settle: () => world.settle(),
    app: () => world.app(),
    inMuster: (...args: Parameters<SandboxWorld['inMuster']>) => world.inMuster(...args),
  }
  const group = (name: string) => groups.find((one) => one.name === name) ?? { id: '', name: '', members: [] }

  beforeAll(async () => {
    world = await sandboxWorld(dialect)
    appId = world.appId
    ;({ people, groups } = await world.api('GET', '/state'))
  })
  afterAll(() => world.close())

  test('people arrive, and every pushed group becomes Active with its members', async () => {
    await api('POST', `/apps/${appId}/assign`, { groups: groups.map((one) => one.id) })
    for (const one of groups) await api('POST', `/apps/${appId}/push-groups`, { groupId: one.id })
    await settle()
    const { tasks, pushes } = await app()
    expect(tasks).toEqual([])
    const told = pushes.map(
      (push: { pushStatus: string; errorSummary: string }) => push.errorSummary || push.pushStatus,
    )
    expect(told).toEqual(groups.map(() => 'Active'))
    for (const one of groups) {
      const [found] = await inMuster('Groups', `displayName eq "${one.name}"`)
      expect(found?.members, one.name).toHaveLength(one.members.length)
    }
  })

  test('a rename, a member removed and one added follow', async () => {
    const ops = group('Ops Admins')
    const added = group('Support').members[0]
    await api('PATCH', `/groups/${ops.id}`, { name: 'Operators', remove: [ops.members[0]], add: [added] })
    await settle()
    const [found] = await inMuster('Groups', 'displayName eq "Operators"')
    const appUsers = (await app()).appUsers
    expect(found?.members.map((member: { value: string }) => member.value).sort()).toEqual(
      [...ops.members.slice(1), added].map((id) => appUsers[id ?? '']?.externalId).sort(),
    )
    expect(await inMuster('Groups', 'displayName eq "Ops Admins"')).toEqual([])
  })

  test('profile, password, deactivation and reactivation follow, with the same id', async () => {
    const login = people.find((one) => one.profile.lastName === 'Weiss')?.profile.login
    const id = people.find((one) => one.profile.login === login)?.id
    const [before] = await inMuster('Users', `userName eq "${login}"`)
    await api('PATCH', `/people/${id}`, { title: 'Principal Engineer', department: 'Architecture' })
    await api('POST', `/people/${id}/password`)
    await settle()
    await api('POST', `/people/${id}/deactivate`)
    await settle()
    const [off] = await inMuster('Users', `userName eq "${login}"`)
    expect(off).toMatchObject({ id: before?.id, active: false, title: 'Principal Engineer' })
    await api('POST', `/people/${id}/activate`)
    await settle()
    const [on] = await inMuster('Users', `userName eq "${login}"`)
    expect(on).toMatchObject({ id: before?.id, active: true, title: 'Principal Engineer' })
    expect((await app()).tasks).toEqual([])
  })

  test('a member that Muster does not know does not stop the others', async () => {
    const finance = group('Finance')
    const { pushes } = await app()
    const push = pushes.find((one: { sourceGroupId: string }) => one.sourceGroupId === finance.id)
    await api('PUT', `/apps/${appId}/faults`, { unknownMember: true })
    await api('POST', `/apps/${appId}/push-groups/${push?.id}/push-now`)
    await settle()
    const after = (await app()).pushes.find((one: { id: string }) => one.id === push?.id)
    expect(after).toMatchObject({ pushStatus: 'Active', errorSummary: '' })
    const [found] = await inMuster('Groups', 'displayName eq "Finance"')
    const known = Object.values<{ externalId: string }>((await app()).appUsers).map((one) => one.externalId)
    const values = found?.members.map((member: { value: string }) => member.value)
    expect(values.filter((value: string) => known.includes(value))).toHaveLength(finance.members.length)
  })

  test('an import reads everything back, and unlinking deletes the group', async () => {
    await api('POST', `/apps/${appId}/import`)
    const data = (await app()).pushes.find((one: { targetName: string }) => one.targetName === 'Data')
    await api('POST', `/apps/${appId}/push-groups/${data?.id}/unlink`)
    await settle()
    const { lastImport, tasks } = await app()
    expect(lastImport?.error).toBe('')
    const inGroups = new Set(groups.flatMap((one) => one.members))
    expect(lastImport?.lines[0]).toBe(`${inGroups.size} users scanned!`)
    expect(tasks).toEqual([])
    expect(await inMuster('Groups', 'displayName eq "Data"')).toEqual([])
  })
})
