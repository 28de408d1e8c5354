import { expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { exchangesOf, type Reply, type ScimClient, scimClient } from '#tests/scim-client'

await testDatabase()

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const WORKERS = 16
const STEPS = 25
/** Answers that a client may get when others change the same things meanwhile. A 500 or a 503 never is one. */
const FAIR = new Set([200, 201, 204, 404, 409])

/** A small generator of numbers, so that a run that fails can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % sides
  }
}

const seed = Number(process.env.PARALLEL_SEED ?? Date.now() & 0xffffff)

test(`sixteen clients that change the same few users and groups at once leave the books in order (seed ${seed})`, async () => {
  const acme = await scimClient('Chaos')
  const users = await Promise.all(Array.from({ length: 12 }, (_, i) => made(acme, 'Users', userNamed(i))))
  const groups = await Promise.all(Array.from({ length: 4 }, (_, i) => made(acme, 'Groups', groupNamed(i))))
  const acknowledged: string[] = []
  const worker = async (_: unknown, index: number) => {
    const roll = dice(seed + index * 7919)
    for (let step = 0; step < STEPS; step++) {
      const user = roll(users.length)
      const group = roll(groups.length)
      const reply = await oneOf(acme, roll, users, groups, user, group)
      if (!reply) continue
      expect(FAIR, `${reply.status} ${reply.text}`).toContain(reply.status)
      if (reply.status < 400) acknowledged.push(reply.headers.get('x-request-id') as string)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))

  const books = await pool().query(
    `SELECT g.display_name, g.member_count, (SELECT count(*)::int FROM membership m WHERE m.team_id = g.team_id AND m.group_id = g.id)
       + (SELECT count(*)::int FROM nested_group n WHERE n.team_id = g.team_id AND n.group_id = g.id) AS members
     FROM directory_group g WHERE g.team_id = $1 AND g.system IS NULL`,
    [acme.teamId],
  )
  for (const { display_name, member_count, members } of books.rows)
    expect({ display_name, members: member_count }).toEqual({ display_name, members })
  const strays = await pool().query(
    'SELECT 1 FROM membership m LEFT JOIN directory_user u ON u.team_id = m.team_id AND u.id = m.user_id WHERE m.team_id = $1 AND u.id IS NULL',
    [acme.teamId],
  )
  expect(strays.rows).toEqual([])
  const recorded = new Set((await exchangesOf(acme.teamId, 10_000)).map((exchange) => exchange.id))
  expect(acknowledged.filter((id) => !recorded.has(id))).toEqual([])
}, 60_000)

function oneOf(
  acme: ScimClient,
  roll: (sides: number) => number,
  users: string[],
  groups: string[],
  user: number,
  group: number,
): Promise<Reply> | undefined {
  const userId = users[user] as string
  const groupId = groups[group] as string
  const patch = (...Operations: unknown[]) => acme.call('PATCH', `/Groups/${groupId}`, { Operations })
  const some = () => users.filter(() => roll(3) === 0).map((value) => ({ value }))
  switch (roll(12)) {
    case 0:
    case 1:
    case 2:
      return patch({ op: 'add', path: 'members', value: [{ value: userId }] })
    case 3:
      return patch({ op: 'remove', path: `members[value eq "${userId}"]` })
    case 4:
      return patch({ op: 'add', path: 'members', value: some() })
    case 5:
      return patch({ op: 'replace', path: 'members', value: some() })
    case 6:
      return acme.call('PUT', `/Groups/${groupId}`, {
        schemas: [GROUP],
        ...groupNamed(group),
        members: some(),
      })
    case 7:
      return patch({ op: 'replace', value: { id: groupId, displayName: groupNamed(group).displayName } })
    case 8:
      return acme.call('PATCH', `/Users/${userId}`, {
        Operations: [{ op: 'replace', value: { active: roll(2) === 0 } }],
      })
    case 9:
      return again(acme, 'Users', users, user, userNamed(user))
    case 10:
      return roll(4) === 0 ? again(acme, 'Groups', groups, group, groupNamed(group)) : undefined
    default:
      return patch({ op: 'add', path: 'members', value: [{ value: groups[roll(groups.length)] }] })
  }
}

const userNamed = (i: number) => ({ userName: `chaos${i}@example.com` })
const groupNamed = (i: number) => ({ displayName: `Chaos ${i}` })

/** Deletes one and creates it anew under its name. */
async function again(
  acme: ScimClient,
  endpoint: string,
  ids: string[],
  index: number,
  body: object,
): Promise<Reply> {
  const gone = await acme.call('DELETE', `/${endpoint}/${ids[index]}`)
  const fresh = await acme.call('POST', `/${endpoint}`, body)
  if (fresh.status === 201) ids[index] = fresh.json.id
  return gone.status >= 500 ? gone : fresh
}

async function made(acme: ScimClient, endpoint: string, body: object): Promise<string> {
  const reply = await acme.call('POST', `/${endpoint}`, body)
  expect(reply.status, reply.text).toBe(201)
  return reply.json.id
}
