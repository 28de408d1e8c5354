import { beforeAll, expect, test } from 'vitest'
import { errorsOfLastDay } from '#lib/activity/activity-counts'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { findExchange } from '#lib/activity/find-exchange'
import { listActivity } from '#lib/activity/list-activity'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { aMember, joins } from '#tests/oauth-world'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { grantRole } from '../roles/grant-role.ts'
import { createRole } from '../roles/manage-roles.ts'
import { createRule, deleteRule } from '../roles/manage-rules.ts'
import { directoryCounts } from './directory-counts.ts'
import { groupDetail } from './group-detail.ts'
import { groupMembers } from './group-members.ts'
import { managedCounts } from './managed-counts.ts'
import { peopleOfRoles, roleDetail, roleSummaries } from './role-pages.ts'
import { type PushFilter, searchGroups } from './search-groups.ts'
import { searchUsers } from './search-users.ts'
import { userDetail } from './user-detail.ts'

await testDatabase()
let acme: ScimClient
const ids: string[] = []
const actor = { kind: 'operator', name: 'operator' } as const
beforeAll(async () => {
  acme = await scimClient()
  for (let i = 0; i < 60; i++) {
    const made = await acme.call('POST', '/Users', {
      userName: `user${String(i).padStart(2, '0')}@example.com`,
      displayName: i % 2 ? `Person ${String(i).padStart(2, '0')}` : undefined,
      emails: [{ value: `mail${i}@corp.test` }],
    })
    ids.push(made.json.id)
  }
  await acme.call('PATCH', `/Users/${ids[3]}`, { Operations: [{ op: 'replace', value: { active: false } }] })
})

test('the users table pages forth and back over every user once, in the order of the shown name', async () => {
  const first = await searchUsers(acme.teamId, { sort: 'name' })
  expect(first).toMatchObject({ total: 60, totalIs: 'exact', before: undefined })
  const second = await searchUsers(acme.teamId, { sort: 'name', after: first.after })
  expect(second.after).toBeUndefined()
  const names = [...first.rows, ...second.rows].map((user) =>
    (user.displayName ?? user.userName).toLowerCase(),
  )
  expect(names).toEqual([...names].sort())
  expect(new Set(names).size).toBe(60)
  expect((await searchUsers(acme.teamId, { sort: 'name', before: second.before })).rows).toEqual(first.rows)
  const byTime = await searchUsers(acme.teamId, { sort: '-updatedAt' })
  const older = await searchUsers(acme.teamId, { sort: '-updatedAt', after: byTime.after })
  expect(byTime.rows[0]?.id).toBe(ids[3])
  expect(new Set([...byTime.rows, ...older.rows].map((user) => user.id)).size).toBe(60)
})

test('one or two letters find the names that begin with them', async () => {
  expect((await searchUsers(acme.teamId, { q: 'Pe' })).total).toBe(30)
  expect((await searchUsers(acme.teamId, { q: 'er' })).total).toBe(0)
  expect((await searchUsers(acme.teamId, { q: '_' })).total).toBe(0)
})

test('totals say whom each connection manages, and how many are deactivated', async () => {
  expect(await managedCounts(acme.teamId)).toEqual(
    new Map([[acme.connectionId, { users: 60, usersAreMore: false, groups: 0 }]]),
  )
  expect(await searchUsers(acme.teamId, { status: 'deactivated' })).toMatchObject({
    total: 1,
    totalIs: 'exact',
  })
  expect(await searchUsers(acme.teamId, { status: 'active' })).toMatchObject({ total: 59, totalIs: 'exact' })
})

test('users are found by a part of name, address or email, and by status', async () => {
  expect((await searchUsers(acme.teamId, { q: 'MAIL7@' })).rows.map((user) => user.id)).toEqual([ids[7]])
  expect((await searchUsers(acme.teamId, { q: '100%_' })).rows).toEqual([])
  expect((await searchUsers(acme.teamId, { status: 'deactivated' })).rows.map((user) => user.id)).toEqual([
    ids[3],
  ])
  expect((await searchUsers(acme.teamId, { managed: 'no' })).total).toBe(0)
})

test('a rule gives a pushed group its role the moment it arrives, and its members have the role with the reason', async () => {
  const { id: roleId } = await createRole(
    acme.teamId,
    { name: 'payroll', displayName: 'Payroll', description: 'Sees payslips' },
    actor,
  )
  await expect(
    createRole(acme.teamId, { name: 'payroll', displayName: 'x', description: '' }, actor),
  ).rejects.toMatchObject({ code: 'conflict' })
  const rule = await createRule(acme.teamId, { match: 'pattern', pattern: 'Pay*', roleId }, actor)
  const group = (
    await acme.call('POST', '/Groups', {
      displayName: 'Payroll Admins',
      members: [{ value: ids[0] }, { value: 'ghost', display: 'Gone' }],
    })
  ).json
  const detail = await groupDetail(acme.teamId, group.id, Date.now() + 10_000)
  expect(detail).toMatchObject({
    memberCount: 1,
    unresolvedCount: 1,
    push: { status: 'active' },
    grants: [{ roleName: 'payroll', byRule: 'Pay*' }],
    unresolved: [{ value: 'ghost', display: 'Gone' }],
  })
  const user = await userDetail(acme.teamId, ids[0] as string)
  expect(user?.roles.find((role) => role.name === 'payroll')?.through).toEqual([
    { id: group.id, name: 'Payroll Admins', direct: true },
  ])
  expect(user?.roles.find((role) => role.name === 'access_user')?.through[0]?.name).toBe('everyone')
  await acme.call('PATCH', `/Groups/${group.id}`, {
    Operations: [{ op: 'replace', value: { displayName: 'Sales' } }],
  })
  expect((await groupDetail(acme.teamId, group.id, Date.now()))?.grants).toEqual([])
  await acme.call('PATCH', `/Groups/${group.id}`, {
    Operations: [{ op: 'replace', value: { displayName: 'Payroll' } }],
  })
  expect((await roleDetail(acme.teamId, roleId))?.groups).toMatchObject([{ id: group.id, byRule: 'Pay*' }])
  await deleteRule(acme.teamId, rule.id, actor)
  expect((await roleDetail(acme.teamId, roleId))?.groups).toEqual([])
  await grantRole(acme.teamId, group.id, roleId, actor)
  expect((await roleSummaries(acme.teamId)).find((role) => role.name === 'payroll')).toMatchObject({
    groupCount: 1,
  })
})

test('whom several groups give a role is one person with it', async () => {
  const { id: roleId } = await createRole(
    acme.teamId,
    { name: 'on_call', displayName: 'On call', description: '' },
    actor,
  )
  for (const [displayName, of] of [
    ['Day shift', ids.slice(10, 14)],
    ['Night shift', ids.slice(12, 16)],
  ] as const) {
    const group = await acme.call('POST', '/Groups', { displayName, members: of.map((value) => ({ value })) })
    await grantRole(acme.teamId, group.json.id, roleId, actor)
  }
  expect((await peopleOfRoles(acme.teamId)).get(roleId)).toEqual({ people: 6, about: false })
})

test('whoever owns the team has the roles of owners, without being in the directory', async () => {
  const team = await scimClient('Owned')
  const administrator = (await roleSummaries(team.teamId)).find(({ name }) => name === 'access_admin')
  const people = async () => (await peopleOfRoles(team.teamId)).get(administrator?.id ?? '')
  expect(await people()).toEqual({ people: 0, about: false })
  await joins(await aMember('Dana'), { id: team.teamId, slug: 'owned', name: 'Owned' }, 'owner')
  expect(await people()).toEqual({ people: 1, about: false })
  const { json: eve } = await team.call('POST', '/Users', { userName: 'eve@example.com' })
  const { json: group } = await team.call('POST', '/Groups', {
    displayName: 'Admins',
    members: [{ value: eve.id }],
  })
  await grantRole(team.teamId, group.id, administrator?.id ?? '', actor)
  expect(await people()).toEqual({ people: 2, about: false })
})

test('the roles of owners are fixed, and a role of another team is not found', async () => {
  const other = await scimClient('Other')
  const { rows } = await pool().query(
    `SELECT id FROM directory_group WHERE team_id = $1 AND system = 'owners'`,
    [acme.teamId],
  )
  const role = (await roleSummaries(acme.teamId))[0]
  await expect(grantRole(acme.teamId, rows[0].id, role?.id ?? '', actor)).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(grantRole(other.teamId, rows[0].id, role?.id ?? '', actor)).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await roleDetail(other.teamId, role?.id ?? '')).toBeUndefined()
  expect(await userDetail(other.teamId, ids[0] as string)).toBeUndefined()
})

test('a role that the identity provider assigns is in effect and shown as assigned', async () => {
  await acme.call('PATCH', `/Users/${ids[5]}`, {
    Operations: [{ op: 'add', path: 'roles', value: [{ value: 'reporting_user', display: 'Reviewer' }] }],
  })
  expect(
    (await userDetail(acme.teamId, ids[5] as string))?.roles.find((role) => role.name === 'reporting_user'),
  ).toMatchObject({ assigned: true, through: [] })
  const reviewer = (await roleSummaries(acme.teamId)).find((role) => role.name === 'reporting_user')
  expect((await roleDetail(acme.teamId, reviewer?.id ?? ''))?.assigned).toMatchObject([{ id: ids[5] }])
})

test('a failed push shows on the group with its cause, until one succeeds', async () => {
  const group = (await acme.call('POST', '/Groups', { displayName: 'Fragile', members: [{ value: ids[1] }] }))
    .json
  await acme.call('POST', '/Groups', { displayName: 'Taken' })
  expect(
    (
      await acme.call('PATCH', `/Groups/${group.id}`, {
        Operations: [{ op: 'replace', value: { displayName: 'Taken' } }],
      })
    ).status,
  ).toBe(409)
  await exchangeWriter().flush()
  const failed = await searchGroups(acme.teamId, { push: 'error' }, Date.now())
  const named = async (push: PushFilter) =>
    (await searchGroups(acme.teamId, { push }, Date.now())).rows.map((group) => group.displayName)
  expect(await named('active')).toContain('Taken')
  expect(await named('active')).not.toContain('Fragile')
  expect(await named('unresolved')).toEqual(['Payroll'])
  expect(await named('inactive')).toEqual([])
  expect(failed.rows).toMatchObject([
    {
      displayName: 'Fragile',
      push: {
        status: 'error',
        cause: expect.stringContaining('Taken'),
        remedy: expect.stringContaining('Link Group'),
      },
    },
  ])
  await acme.call('PATCH', `/Groups/${group.id}`, {
    Operations: [{ op: 'replace', value: { displayName: 'Sturdy' } }],
  })
  expect((await searchGroups(acme.teamId, { push: 'error' }, Date.now())).rows).toEqual([])
})

test('members come in pages, and former groups stay in a user’s history', async () => {
  const group = (
    await acme.call('POST', '/Groups', { displayName: 'Big', members: ids.map((value) => ({ value })) })
  ).json
  const first = await groupMembers(acme.teamId, group.id, {})
  const second = await groupMembers(acme.teamId, group.id, { after: first.after })
  expect(new Set([...first.rows, ...second.rows].map((member) => member.userId)).size).toBe(60)
  await acme.call('PATCH', `/Groups/${group.id}`, {
    Operations: [{ op: 'remove', path: `members[value eq "${ids[9]}"]` }],
  })
  expect((await userDetail(acme.teamId, ids[9] as string))?.formerGroups).toMatchObject([{ name: 'Big' }])
  expect(await directoryCounts(acme.teamId)).toMatchObject({ users: 60, deactivated: 1, unmanagedUsers: 0 })
})

test('the activity log pages by time, filters, and opens each exchange with its bodies', async () => {
  await exchangeWriter().flush()
  const all = await listActivity(acme.teamId, {})
  const next = await listActivity(acme.teamId, { after: all.after })
  expect(all.rows).toHaveLength(50)
  expect((await listActivity(acme.teamId, { before: next.before })).rows).toEqual(all.rows)
  const errors = await listActivity(acme.teamId, { outcome: 'errors' })
  expect(errors.rows.length).toBe((await errorsOfLastDay(acme.teamId, Date.now())).all)
  const exchange = await findExchange(acme.teamId, errors.rows[0]?.id ?? '')
  expect(exchange).toMatchObject({
    method: 'PATCH',
    status: 409,
    serviceUser: { name: 'okta' },
    requestBody: expect.stringContaining('Taken'),
    // A refused request knows only the id; whose it is now is looked up.
    resource: { type: 'Group', name: expect.stringMatching(/\w/) },
  })
  expect(await findExchange('00000000-0000-0000-0000-000000000000', exchange?.id ?? '')).toBeUndefined()
  const changes = (await listActivity(acme.teamId, { kind: 'changes' })).rows
  expect(changes.map((row) => row.action)).toContain('rule.create')
  // What somebody did here is no request: it has no method, status or time.
  expect(changes.filter((row) => row.request || row.kind !== 'event')).toEqual([])
})
