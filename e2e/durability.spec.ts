import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { databaseOf } from './support/database.ts'
import { type RunningMuster, startMuster } from './support/server.ts'

const WRITERS = 8

type Api = { scimBaseUrl: string; token: string }
type Answer = { status: number; id?: string; requestId: string | null }

async function scim(api: Api, method: string, route: string, body?: object): Promise<Answer> {
  const response = await fetch(api.scimBaseUrl + route, {
    method,
    headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/scim+json' },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    id: text ? (JSON.parse(text) as { id?: string }).id : undefined,
    requestId: response.headers.get('x-request-id'),
  }
}

async function connect(muster: RunningMuster): Promise<Api> {
  await muster.command(['team', 'create', '--name', 'Acme', '--slug', 'acme'])
  const made = await muster.command(['service-user', 'create', '--team', 'acme', '--name', 'okta', '--json'])
  return JSON.parse(made.stdout) as Api
}

/** Users made and added to one group by several writers at once, until `stop`; what was acknowledged, by both. */
function writing(api: Api, groupId: string) {
  const created: string[] = []
  const joined: string[] = []
  let stopped = false
  const writer = async (index: number) => {
    for (let i = 0; !stopped; i++)
      try {
        const user = await scim(api, 'POST', '/Users', {
          userName: `u${index}-${i}-${Date.now()}@example.com`,
        })
        if (user.status !== 201 || !user.id) continue
        created.push(user.id)
        const add = { Operations: [{ op: 'add', path: 'members', value: [{ value: user.id }] }] }
        if ((await scim(api, 'PATCH', `/Groups/${groupId}`, add)).status === 204) joined.push(user.id)
      } catch {
        // No answer is no acknowledgement: the write may be there or not, but whole.
      }
  }
  const writers = Promise.all(Array.from({ length: WRITERS }, (_, index) => writer(index)))
  return {
    created,
    joined,
    /** Resolves when this many writes more have been acknowledged. */
    async atLeast(count: number) {
      const goal = created.length + joined.length + count
      await expect
        .poll(() => created.length + joined.length, { timeout: 30_000 })
        .toBeGreaterThanOrEqual(goal)
    },
    async stop() {
      stopped = true
      await writers
    },
  }
}

/** Every acknowledged write is there, whole: the user, the membership, the count, and a record of each. */
async function expectNothingLost(
  api: Api,
  groupId: string,
  { created, joined }: { created: string[]; joined: string[] },
) {
  const headers = { authorization: `Bearer ${api.token}` }
  const read = async (route: string) => (await fetch(api.scimBaseUrl + route, { headers })).json()
  const group = (await read(`/Groups/${groupId}`)) as { members?: { value: string }[] }
  const members = new Set(group.members?.map((member) => member.value))
  expect(joined.filter((id) => !members.has(id))).toEqual([])
  const there = new Set<string>()
  for (let startIndex = 1; ; startIndex += 1000) {
    const page = (await read(`/Users?startIndex=${startIndex}&count=1000&attributes=id`)) as {
      Resources: { id: string }[]
      totalResults: number
    }
    for (const { id } of page.Resources) there.add(id)
    if (startIndex + 1000 > page.totalResults) break
  }
  expect(created.filter((id) => !there.has(id))).toEqual([])
  expect([...members].filter((id) => !there.has(id))).toEqual([])
}

/** The books of the database itself: counts, and one record for every user and membership. */
async function expectBooksInOrder(muster: RunningMuster) {
  const client = await databaseOf(muster)
  try {
    const counts = await client.query(
      `SELECT g.member_count, (SELECT count(*)::int FROM membership m WHERE m.group_id = g.id) AS members
       FROM directory_group g WHERE g.system IS NULL`,
    )
    for (const { member_count, members } of counts.rows) expect(member_count).toBe(members)
    const unrecorded = await client.query(
      `SELECT 'user' FROM directory_user u WHERE NOT EXISTS (SELECT 1 FROM exchange e WHERE e.resource_id = u.id AND e.action = 'user.create')
       UNION ALL SELECT 'membership' FROM membership m WHERE NOT EXISTS (SELECT 1 FROM exchange e WHERE e.id = m.exchange_id)`,
    )
    expect(unrecorded.rows).toEqual([])
  } finally {
    await client.end()
  }
}

test('a killed database, and then a killed Muster, in the middle of writes: every acknowledged write is kept, whole', async () => {
  const env = { SCIM_REQUESTS_PER_SECOND: '0' }
  const first = await startMuster({ env })
  let second: RunningMuster | undefined
  try {
    const api = await connect(first)
    const groupId = (await scim(api, 'POST', '/Groups', { displayName: 'Ops', members: [] })).id as string
    const work = writing(api, groupId)
    await work.atLeast(100)
    const postmaster = readFileSync(path.join(first.dataDir, 'postgres/postmaster.pid'), 'utf8').split(
      '\n',
    )[0]
    process.kill(Number(postmaster), 'SIGKILL')
    // Muster starts it again by itself, and the writers go on.
    await work.atLeast(100)
    await first.end('SIGKILL')
    await work.stop()

    second = await startMuster({ env: { ...env, MUSTER_DATA_DIR: first.dataDir } })
    await expectNothingLost({ ...api, scimBaseUrl: `${second.url}/scim/v2` }, groupId, work)
    await expectBooksInOrder(second)
  } finally {
    await second?.stop()
    await first.stop()
  }
})

test('a full disk refuses writes with a SCIM error, keeps what was acknowledged, and goes on when there is room', async () => {
  test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'needs root, to mount a small disk')
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-small-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220m', 'muster-test', dataDir])
  const env = { SCIM_REQUESTS_PER_SECOND: '0', MUSTER_DATA_DIR: dataDir }
  const first = await startMuster({ env }).catch((error) => {
    execFileSync('umount', ['-l', dataDir])
    throw error
  })
  try {
    const api = await connect(first)
    const groupId = (await scim(api, 'POST', '/Groups', { displayName: 'Ops', members: [] })).id as string
    const before = writing(api, groupId)
    await before.atLeast(50)
    await before.stop()

    const ballast = path.join(dataDir, 'ballast')
    fill(ballast)
    // Whatever PostgreSQL had set aside is used up first; then writes are refused, in SCIM form.
    const big = (i: number) => ({ userName: `big${i}@example.com`, title: 'x'.repeat(60_000) })
    let refusal: Answer | undefined
    const kept: string[] = []
    for (let i = 0; i < 2_000 && !refusal; i++) {
      const answer = await scim(api, 'POST', '/Users', big(i))
      if (answer.status === 201) kept.push(answer.id as string)
      else refusal = answer
    }
    expect(refusal?.status).toBeGreaterThanOrEqual(500)

    rmSync(ballast)
    await expect
      .poll(
        async () => (await scim(api, 'POST', '/Users', { userName: `room${Date.now()}@example.com` })).status,
        {
          timeout: 30_000,
        },
      )
      .toBe(201)
    await expectNothingLost(api, groupId, { created: [...before.created, ...kept], joined: before.joined })
    await expectBooksInOrder(first)
  } finally {
    await first.stop().catch(() => undefined)
    execFileSync('umount', ['-l', dataDir])
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** Takes every last byte of the disk that the file is on. */
function fill(file: string) {
  for (let size = 16 * 1024 * 1024; size >= 4096; size /= 4)
    for (let full = false; !full; )
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
      } catch {
        full = true
      }
}
