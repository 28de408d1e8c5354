import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createServiceUser } from '#lib/connections/create-service-user'
import { deleteServiceUser } from '#lib/connections/delete-service-user'
import { disconnect } from '#lib/connections/disconnect'
import { expireToken } from '#lib/connections/expire-token'
import { setServiceUserDisabled } from '#lib/connections/set-service-user-disabled'
import { pool } from '#lib/db/pool'
import { env } from '#lib/platform/env'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { statementsOf } from '#tests/hot-path/capture'
import { exchangesOf, type Reply, type ScimClient, scimCall, scimClient } from '#tests/scim-client'

await testDatabase()

const actor = { kind: 'operator', name: 'operator' } as const
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']

type World = ScimClient & { userId: string; outsiderId: string; groupId: string; tokenId: string }

async function world(): Promise<World> {
  const client = await scimClient()
  const created = async (path: string, body: object) => (await client.call('POST', path, body)).json.id
  const userId = await created('/Users', { userName: 'ana@example.com' })
  const outsiderId = await created('/Users', { userName: 'ben@example.com' })
  const groupId = await created('/Groups', { displayName: 'Ops', members: [{ value: userId }] })
  const { rows } = await pool().query('SELECT id FROM token WHERE team_id = $1', [client.teamId])
  return { ...client, userId, outsiderId, groupId, tokenId: rows[0].id }
}

/** What ends a token, and how the log names it. */
const ENDINGS: [name: string, errorType: string, end: (of: World) => Promise<unknown>][] = [
  [
    'revoked',
    'token revoked',
    ({ teamId }) => pool().query('UPDATE token SET revoked_at = now() WHERE team_id = $1', [teamId]),
  ],
  ['ended by hand', 'token expired', (of) => expireToken({ ...of, actor, now: Date.now() })],
  [
    'past its time',
    'token expired',
    ({ teamId }) =>
      pool().query(`UPDATE token SET expires_at = now() - interval '1 millisecond' WHERE team_id = $1`, [
        teamId,
      ]),
  ],
  [
    'of a connection that was disconnected',
    'token revoked',
    (of) => disconnect({ ...of, actor, now: Date.now() }),
  ],
  [
    'of a connection that alone was disconnected',
    'token revoked',
    ({ teamId }) =>
      pool().query('UPDATE connection SET disconnected_at = now() WHERE team_id = $1', [teamId]),
  ],
  [
    'of a service user who was disabled',
    'token disabled',
    (of) => setServiceUserDisabled({ ...of, actor, now: Date.now(), disabled: true }),
  ],
  [
    'of a service user who alone was deleted',
    'token disabled',
    ({ teamId }) => pool().query('UPDATE service_user SET deleted_at = now() WHERE team_id = $1', [teamId]),
  ],
  [
    'of a service user who was deleted',
    'token revoked',
    (of) => deleteServiceUser({ ...of, actor, now: Date.now() }),
  ],
]

const members = (op: string, value: string) => ({
  schemas: PATCH,
  Operations: [{ op, path: 'members', value: [{ value }] }],
})

type Send = (call: ScimClient['call'], of: World) => Promise<Reply>

/** The requests whose first statement asks for the token, and what answers them while it is good. */
const REQUESTS: [name: string, status: number, send: Send][] = [
  ['read a user', 200, (call, { userId }) => call('GET', `/Users/${userId}`)],
  ['read the head of a user', 200, (call, { userId }) => call('HEAD', `/Users/${userId}`)],
  ['read no user', 404, (call, { groupId }) => call('GET', `/Users/${groupId}`)],
  ['look up a user', 200, (call) => call('GET', '/Users?filter=userName eq "ana@example.com"')],
  ['look up no user', 200, (call) => call('GET', '/Users?filter=userName eq "nobody@example.com"')],
  ['list users', 200, (call) => call('GET', '/Users?count=10')],
  [
    'replace a user',
    200,
    (call, { userId }) => call('PUT', `/Users/${userId}`, { userName: 'new@example.com' }),
  ],
  ['replace no user', 404, (call, { groupId }) => call('PUT', `/Users/${groupId}`, { userName: 'x' })],
  [
    'deactivate a user',
    200,
    (call, { userId }) =>
      call('PATCH', `/Users/${userId}`, {
        schemas: PATCH,
        Operations: [{ op: 'replace', value: { active: false } }],
      }),
  ],
  ['create a user', 201, (call) => call('POST', '/Users', { userName: `${newId()}@example.com` })],
  ['create a user who is there', 409, (call) => call('POST', '/Users', { userName: 'ana@example.com' })],
  ['read a group', 200, (call, { groupId }) => call('GET', `/Groups/${groupId}`)],
  [
    'read a group without its members',
    200,
    (call, { groupId }) => call('GET', `/Groups/${groupId}?excludedAttributes=members`),
  ],
  ['read no group', 404, (call, { userId }) => call('GET', `/Groups/${userId}?excludedAttributes=members`)],
  ['create a group', 201, (call) => call('POST', '/Groups', { displayName: newId() })],
  ['create a group that is there', 409, (call) => call('POST', '/Groups', { displayName: 'Ops' })],
  [
    'create a group with members',
    201,
    (call, { userId }) => call('POST', '/Groups', { displayName: newId(), members: [{ value: userId }] }),
  ],
  ['add a member', 204, (call, of) => call('PATCH', `/Groups/${of.groupId}`, members('add', of.outsiderId))],
  ['add who is there', 204, (call, of) => call('PATCH', `/Groups/${of.groupId}`, members('add', of.userId))],
  ['add nobody known', 204, (call, of) => call('PATCH', `/Groups/${of.groupId}`, members('add', newId()))],
  [
    'remove a member',
    204,
    (call, of) => call('PATCH', `/Groups/${of.groupId}`, members('remove', of.userId)),
  ],
  ['add to no group', 404, (call, of) => call('PATCH', `/Groups/${of.userId}`, members('add', of.userId))],
  [
    'rename a group',
    204,
    (call, { groupId }) =>
      call('PATCH', `/Groups/${groupId}`, {
        schemas: PATCH,
        Operations: [{ op: 'replace', value: { displayName: newId() } }],
      }),
  ],
]

/** The same at fault: what is wrong with them is nobody's business whose token has ended. */
const FAULTS: [name: string, status: number, send: Send][] = [
  ['read an id that is none', 404, (call) => call('GET', '/Users/nonsense')],
  ['look up by a filter that is none', 400, (call) => call('GET', '/Users?filter=userName eq')],
  [
    'replace a version that is not there',
    412,
    (call, { userId }) => call('PUT', `/Users/${userId}`, { userName: 'x' }, { 'if-match': 'W/"9"' }),
  ],
  [
    'read what it has already',
    304,
    (call, { userId }) => call('GET', `/Users/${userId}`, undefined, { 'if-none-match': 'W/"1"' }),
  ],
  ['send a body that is no JSON', 400, (call, { userId }) => call('PUT', `/Users/${userId}`, '{"userName":')],
  ['send a group without a name', 400, (call) => call('POST', '/Groups', {})],
  ['send a patch without operations', 400, (call, { groupId }) => call('PATCH', `/Groups/${groupId}`, {})],
  ['send a user without a name', 400, (call, { userId }) => call('PUT', `/Users/${userId}`, {})],
  [
    'send a media type nobody reads',
    415,
    (call, { userId }) => call('PUT', `/Users/${userId}`, 'x', { 'content-type': 'text/plain' }),
  ],
  [
    'accept an answer nobody writes',
    406,
    (call, { userId }) => call('GET', `/Users/${userId}`, undefined, { accept: 'text/html' }),
  ],
]

/** Everything that a request could change, as it is stored. */
async function stored(teamId: string): Promise<unknown> {
  const tables = ['directory_user', 'directory_group', 'membership', 'membership_ended', 'activity_event']
  return Promise.all(
    tables.map(async (table) =>
      (
        await pool().query(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE team_id = $1 ORDER BY 1`, [
          teamId,
        ])
      ).rows.map(({ row }) => row),
    ),
  )
}

async function expectRefused(of: World, errorType: string, before: unknown, replies: Reply[]): Promise<void> {
  for (const { status, headers, text } of replies) {
    expect(status, text).toBe(401)
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(headers.get('etag')).toBeNull()
  }
  expect(await stored(of.teamId)).toEqual(before)
  for (const exchange of await exchangesOf(of.teamId, replies.length))
    expect(exchange).toMatchObject({
      status: 401,
      action: 'request.refused',
      error_type: errorType,
      connection_id: of.connectionId,
      service_user_id: of.serviceUserId,
      resource_type: null,
      resource_id: null,
      request_body: null,
      changes: null,
      notes: [],
    })
}

describe.each(ENDINGS)('a token %s', (_, errorType, end) => {
  test('is refused on the next request, whatever it is; nothing changes, nothing is let out', async () => {
    const of = await world()
    const sent = [...REQUESTS, ...FAULTS]
    await end(of)
    const before = await stored(of.teamId)
    const [, , first] = sent[0] as (typeof sent)[number]
    await first(of.call, of)
    for (const [, , send] of sent) await expectRefused(of, errorType, before, [await send(of.call, of)])
  })

  test.each([...REQUESTS, ...FAULTS])(
    'that the process knows is refused when it is to %s',
    async (_name, status, send) => {
      const of = await world()
      expect((await of.call('GET', '/Me')).status).toBe(200)
      await end(of)
      const before = await stored(of.teamId)
      await expectRefused(of, errorType, before, [await send(of.call, of)])
      expect(status).not.toBe(401)
    },
  )
})

test.each([...REQUESTS, ...FAULTS])(
  'a good token that is to %s is answered with %i',
  async (_, status, send) => {
    const of = await world()
    const reply = await send(of.call, of)
    expect(reply.status, reply.text).toBe(status)
  },
)

test.each([...REQUESTS, ...FAULTS])(
  'a token that is gone is refused when it is to %s',
  async (_, _status, send) => {
    const of = await world()
    const before = await stored(of.teamId)
    await pool().query('DELETE FROM token WHERE team_id = $1', [of.teamId])
    expect(await send(of.call, of)).toMatchObject({ status: 401 })
    expect(await stored(of.teamId)).toEqual(before)
  },
)

/** A call with another token of the same team, which the process knows as well. */
async function secondToken({ teamId }: World): Promise<ScimClient['call']> {
  const { token } = await createServiceUser({ teamId, name: 'second', createdBy: 'test', now: Date.now() })
  const call: ScimClient['call'] = (...args) => scimCall(token, ...args)
  expect((await call('GET', '/Me')).status).toBe(200)
  return call
}

test.each(REQUESTS)('of sixteen at once to %s each is answered by its own token', async (_, status, send) => {
  const of = await world()
  const second = await secondToken(of)
  await expireToken({ ...of, actor, now: Date.now() })
  const replies = await Promise.all(
    Array.from({ length: 16 }, (_each, i) => send(i % 2 ? second : of.call, of)),
  )
  expect(replies.map((reply) => reply.status)).toEqual(replies.map((_each, i) => (i % 2 ? status : 401)))
})

test.each(REQUESTS)(
  'a token revoked while a request to %s waits for PostgreSQL is refused',
  async (_, _status, send) => {
    const of = await world()
    const before = await stored(of.teamId)
    const held = await Promise.all(Array.from({ length: env().DATABASE_POOL_SIZE }, () => pool().connect()))
    const waiting = Array.from({ length: 3 }, () => send(of.call, of))
    while (pool().waitingCount === 0) await new Promise((resolve) => setImmediate(resolve))
    await held[0]?.query('UPDATE token SET revoked_at = now() WHERE team_id = $1', [of.teamId])
    for (const client of held) client.release()
    await expectRefused(of, 'token revoked', before, await Promise.all(waiting))
  },
)

/** For the one statement of this name the service user is disabled, on its own connection, right before and right after. */
function disableDuring(name: RegExp, { teamId }: World): void {
  const run = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => Promise<unknown>
  const back = () => void Object.assign(pg.Client.prototype, { query: run })
  onTestFinished(back)
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...args: [{ name?: string }, ...unknown[]]) {
      if (!name.test(args[0]?.name ?? '')) return run.apply(this, args)
      back()
      const set = (at: string) =>
        run.call(this, `UPDATE service_user SET disabled_at = ${at} WHERE team_id = $1`, [teamId])
      void set('now()')
      const result = run.apply(this, args)
      void set('NULL')
      return result
    },
  })
}

test.each([
  ['read a user', /^find-users/],
  ['read a group without its members', /^find-groups/],
  ['look up a user', /^users-by-name/],
  ['replace a user', /^find-users/],
  ['create a user', /^create-user/],
  ['create a group', /^create-group/],
  ['add a member', /^add-members/],
  ['remove a member', /^remove-members/],
])('a token that is found good after all serves to %s, once', async (name, statement) => {
  const of = await world()
  const [, status, send] = REQUESTS.find((each) => each[0] === name) as (typeof REQUESTS)[number]
  disableDuring(statement, of)
  const ran = await statementsOf(async () => {
    const reply = await send(of.call, of)
    expect(reply.status, reply.text).toBe(status)
  })
  const names = ran.map((each) => each.name)
  expect(names.filter((each) => statement.test(each))).toHaveLength(2)
  expect(names).toContain('find-token')
})
