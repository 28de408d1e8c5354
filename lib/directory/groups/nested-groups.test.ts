import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()
let acme: ScimClient
beforeAll(async () => {
  acme = await scimClient()
})

const make = async (path: string, body: object) => (await acme.call('POST', path, body)).json.id as string
const groupOf = async (id: string) => (await acme.call('GET', `/Groups/${id}`)).json
const counted = async (id: string) =>
  (
    await pool().query('SELECT member_count FROM directory_group WHERE team_id = $1 AND id = $2', [
      acme.teamId,
      id,
    ])
  ).rows[0].member_count
const patch = (id: string, ...Operations: unknown[]) => acme.call('PATCH', `/Groups/${id}`, { Operations })

test('a group that is deleted leaves the groups around it, which change by that', async () => {
  const inner = await make('/Groups', { displayName: 'Inner' })
  const outer = await make('/Groups', { displayName: 'Outer', members: [{ value: inner }] })
  const before = await groupOf(outer)
  expect(before.members).toMatchObject([{ value: inner, type: 'Group', display: 'Inner' }])
  expect(await counted(outer)).toBe(1)
  await acme.call('DELETE', `/Groups/${inner}`)
  const after = await groupOf(outer)
  expect(after.members).toEqual([])
  expect(after.meta.version).not.toBe(before.meta.version)
  expect(await counted(outer)).toBe(0)
})

test('groups that contain each other are changed, renamed and deleted at once without a deadlock', async () => {
  const ids = await Promise.all(
    Array.from({ length: 6 }, (_, i) => make('/Groups', { displayName: `Ring ${i}` })),
  )
  const replies = await Promise.all(
    ids.flatMap((id, i) => [
      patch(id, { op: 'add', path: 'members', value: ids.map((value) => ({ value })) }),
      patch(ids[(i + 1) % 6] as string, { op: 'add', path: 'members', value: [{ value: id }] }),
      patch(id, { op: 'replace', path: 'displayName', value: `Ring ${i}!` }),
      ...(i % 2 ? [acme.call('DELETE', `/Groups/${id}`)] : []),
    ]),
  )
  expect(replies.filter((reply) => ![204, 404].includes(reply.status)).map((reply) => reply.text)).toEqual([])
  for (const id of ids.filter((_, i) => i % 2 === 0)) {
    const group = await groupOf(id)
    const left = group.members.map((member: { value: string }) => member.value)
    expect(left.every((value: string) => ids.indexOf(value) % 2 === 0)).toBe(true)
    expect(await counted(id)).toBe(left.length)
  }
})

test('a user in a ring of groups is in each of them once, directly or not', async () => {
  const user = await make('/Users', { userName: 'ring@example.com' })
  const [a, b, c] = await Promise.all(
    ['A', 'B', 'C'].map((name) => make('/Groups', { displayName: `Loop ${name}` })),
  )
  await patch(a as string, { op: 'add', path: 'members', value: [{ value: user }, { value: c }] })
  await patch(b as string, { op: 'add', path: 'members', value: [{ value: a }] })
  await patch(c as string, { op: 'add', path: 'members', value: [{ value: b }, { value: user }] })
  const { groups } = (await acme.call('GET', `/Users/${user}`)).json
  expect(groups.map((group: any) => [group.display, group.type, group.value])).toEqual([
    ['Loop A', 'direct', a],
    ['Loop B', 'indirect', b],
    ['Loop C', 'direct', c],
  ])
  for (const group of [a, b, c])
    expect(
      (await acme.call('GET', `/Users?filter=${encodeURIComponent(`groups.value eq "${group}"`)}`)).json
        .totalResults,
    ).toBe(1)
  expect(
    (
      await acme.call(
        'GET',
        `/Users?filter=${encodeURIComponent('groups[type eq "indirect" and display eq "loop b"]')}`,
      )
    ).json.totalResults,
  ).toBe(1)
})
