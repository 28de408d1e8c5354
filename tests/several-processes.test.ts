import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMember } from '#lib/auth/members/create-member'
import { beginSession, endSession, sessionToken } from '#lib/auth/session'
import { setServiceUserDisabled } from '#lib/connections/set-service-user-disabled'
import { pool } from '#lib/db/pool'
import { flushAnnouncements } from '#lib/live/announce'
import { testDatabase } from './database.ts'
import { type ScimClient, scimClient } from './scim-client.ts'

const LIMIT = 40
process.env.MUSTER_SECRET = 'a secret of this test that every process knows'
const { url } = await testDatabase()
const children: ChildProcess[] = []
let [first, second] = ['', '']
let acme: ScimClient
let slug: string
let memberId: string

/** A process of its own with nothing of this one but the database and the secret. */
async function startProcess(env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'serve-process.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: url,
      MUSTER_SECRET: process.env.MUSTER_SECRET,
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  children.push(child)
  return (await once(child, 'message'))[0] as string
}

beforeAll(async () => {
  ;[first, second] = await Promise.all([startProcess(), startProcess()])
  acme = await scimClient()
  const { rows } = await pool().query<{ slug: string }>('SELECT slug FROM team WHERE id = $1', [acme.teamId])
  slug = rows[0]?.slug ?? ''
  const member = { email: 'dana@example.com', role: 'admin', password: 'correct horse battery' }
  memberId = (await createMember({ teamSlug: slug, ...member })).memberId
}, 60_000)

afterAll(() => {
  for (const child of children) child.kill()
})

async function scim(base: string, method: string, path: string, body?: unknown, token = acme.token) {
  const response = await fetch(`${base}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, json: text ? JSON.parse(text) : undefined }
}

async function openEvents(
  base: string,
): Promise<{ sessionId: string; until: (topic?: string) => Promise<boolean> }> {
  const now = Date.now()
  const session = { memberId, method: 'password' as const, authenticatedAt: new Date(now) }
  const sessionId = await beginSession(session, { ip: '127.0.0.1', userAgent: null }, now)
  const cookie = `muster.session=${await sessionToken(sessionId)}`
  const response = await fetch(`${base}/${slug}/events`, { headers: { cookie } })
  expect(response.status).toBe(200)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  let heard = ''
  const until = async (topic?: string) => {
    while (topic === undefined || !heard.includes(topic)) {
      const { value, done } = await reader.read()
      if (done) return false
      heard += Buffer.from(value).toString()
    }
    heard = ''
    return true
  }
  await until(': connected')
  return { sessionId, until }
}

test('what one process writes, the pages of the other hear of', async () => {
  const { until } = await openEvents(second)
  // Its LISTEN is up when the first round of everything has come.
  await until('data:')
  expect((await scim(first, 'POST', '/Users', { userName: 'ana@example.com' })).status).toBe(201)
  expect(await until('directory')).toBe(true)
  expect((await scim(second, 'GET', '/Users?filter=userName eq "ana@example.com"')).json.totalResults).toBe(1)
})

test('whoever is signed out on one process is cut off on the other', async () => {
  const { sessionId, until } = await openEvents(second)
  await until('data:')
  await endSession(sessionId, Date.now())
  await flushAnnouncements()
  expect(await until()).toBe(false)
})

test('a token revoked on one process is refused by the other on its next request, and changes nothing', async () => {
  const other = await scimClient('Other')
  const { id } = (await other.call('POST', '/Users', { userName: 'eve@example.com' })).json
  const group = (await other.call('POST', '/Groups', { displayName: 'Ops' })).json
  const requests: [method: string, path: string, body?: unknown][] = [
    ['GET', `/Users/${id}`],
    ['GET', '/Users?filter=userName eq "eve@example.com"'],
    ['GET', '/Users?count=1'],
    ['POST', '/Users', { userName: 'mallory@example.com' }],
    ['POST', '/Groups', { displayName: 'Spies' }],
    [
      'PATCH',
      `/Groups/${group.id}`,
      { Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] },
    ],
    ['PUT', `/Users/${id}`, { userName: 'eve@example.com', title: 'Spy' }],
    ['PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', value: { active: false } }] }],
  ]
  const { teamId, serviceUserId, token } = other
  const disable = (disabled: boolean) =>
    setServiceUserDisabled({
      teamId,
      serviceUserId,
      disabled,
      actor: { kind: 'operator', name: 'operator' },
      now: Date.now(),
    })
  for (const [method, path, body] of requests) {
    for (const base of [first, second])
      expect((await scim(base, 'GET', '/Me', undefined, token)).status).toBe(200)
    await disable(true)
    const replies = await Promise.all([first, second].map((base) => scim(base, method, path, body, token)))
    expect(replies.map(({ status }) => status)).toEqual([401, 401])
    await disable(false)
  }
  const { rows } = await pool().query(
    `SELECT (SELECT json_agg(json_build_array(user_name, version)) FROM directory_user WHERE team_id = $1) AS users,
      (SELECT json_agg(json_build_array(display_name, version)) FROM directory_group WHERE team_id = $1 AND system IS NULL) AS groups`,
    [teamId],
  )
  expect(rows).toEqual([{ users: '[["eve@example.com", 1]]', groups: '[["Ops", 1]]' }])
})

test('the rate limit of a connection holds over both together', async () => {
  const limit = { SCIM_REQUESTS_PER_SECOND: String(LIMIT) }
  const doors = await Promise.all([startProcess(limit), startProcess(limit)])
  await Promise.all(doors.map((door) => scim(door, 'GET', '/Users?count=1')))
  const started = Date.now()
  const answers = await Promise.all(
    Array.from({ length: 6 * LIMIT }, (_, n) => scim(doors[n % 2] as string, 'GET', '/Users?count=1')),
  )
  const seconds = Math.floor(Date.now() / 1000) - Math.floor(started / 1000) + 1
  const taken = answers.filter(({ status }) => status === 200).length
  expect(taken).toBeLessThanOrEqual(LIMIT * seconds)
  expect(answers.filter(({ status }) => status === 429).length).toBe(6 * LIMIT - taken)
})

test('a walk that goes from one process to the other misses nobody when somebody is deleted behind it', async () => {
  const other = await scimClient('Walked')
  const ids: string[] = []
  for (let n = 0; n < 30; n++)
    ids.push((await scim(first, 'POST', '/Users', { userName: `u${n}` }, other.token)).json.id)
  const page = async (base: string, startIndex: number) =>
    (
      await scim(base, 'GET', `/Users?count=10&startIndex=${startIndex}`, undefined, other.token)
    ).json.Resources.map((user: { id: string }) => user.id)
  const seen = await page(first, 1)
  await scim(second, 'DELETE', `/Users/${ids[0]}`, undefined, other.token)
  seen.push(...(await page(second, 11)))
  await scim(first, 'DELETE', `/Users/${ids[15]}`, undefined, other.token)
  seen.push(...(await page(first, 21)))
  expect(seen).toEqual(ids)
})
