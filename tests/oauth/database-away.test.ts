import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseFault } from '#lib/db/database-fault'
import { pool } from '#lib/db/pool'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  asking,
  aTeam,
  Browser,
  post,
  redeem,
  refresh,
  requestIdOf,
  rows,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

await testDatabase()
let client: TestClient
let dana: TestMember
let acme: TestTeam
let holder: pg.Client
beforeAll(async () => {
  client = await aClient()
  dana = await aMember()
  acme = await aTeam('Acme', dana)
  await giveUpSoon()
})
beforeEach(async () => {
  holder = new pg.Client({ connectionString: env().DATABASE_URL })
  await holder.connect()
})
afterEach(async () => {
  await holder.end()
  await pool().query('SELECT 1')
})

/** Nobody waits for long: each connection of the pool, those that it has and those that it opens, gives up after a moment. */
async function giveUpSoon(): Promise<void> {
  const soon = (each: pg.ClientBase) => each.query("SET lock_timeout = '150ms'")
  pool().on('connect', (each) => void soon(each))
  const clients = await Promise.all(Array.from({ length: pool().totalCount }, () => pool().connect()))
  await Promise.all(clients.map(soon))
  for (const each of clients) each.release()
}

/** Somebody else holds tables. */
async function hold(...tables: string[]): Promise<void> {
  await holder.query('BEGIN')
  await holder.query(`LOCK TABLE ${tables.map((table) => `"${table}"`)} IN ACCESS EXCLUSIVE MODE`)
}
const letGo = () => holder.query('ROLLBACK')

const SAYS = /database/

test('a token that cannot be given for now is 503 with Retry-After, and its code and refresh token work afterwards', async () => {
  const { code } = await aCode(client, acme, dana)
  await hold('authorization_code')
  const away = await redeem(client, code)
  expect(away).toMatchObject({ status: 503, json: { error: 'temporarily_unavailable' } })
  expect(away.json.error_description).toMatch(SAYS)
  expect(away.headers.get('retry-after')).toBe('5')
  await letGo()
  const given = await redeem(client, code)
  expect(given.status).toBe(200)
  await hold('token')
  expect(await refresh(client, given.json.refresh_token)).toMatchObject({ status: 503 })
  await letGo()
  expect(await refresh(client, given.json.refresh_token)).toMatchObject({ status: 200 })
})

test('a token that cannot be revoked or looked up for now is 503, and lives on (RFC 7009 §2.2.1)', async () => {
  const { code } = await aCode(client, acme, dana)
  const { access_token: token } = (await redeem(client, code)).json
  const proof = { client_id: client.clientId, client_secret: client.clientSecret }
  for (const path of ['/oauth/revoke', '/oauth/introspect'] as const) {
    await hold('token')
    const away = await post(path, { token, ...proof })
    expect([path, away.status, away.headers.get('retry-after')]).toEqual([path, 503, '5'])
    expect(away.json.error).toBe('temporarily_unavailable')
    await letGo()
  }
  expect((await post('/oauth/introspect', { token, ...proof })).json).toMatchObject({ active: true })
})

test('a request for access that cannot be kept for now is a page that says so, and leads on when it is loaded again', async () => {
  const browser = new Browser(dana)
  await hold('client')
  const away = await browser.authorize(asking(client))
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5'])
  expect(away.headers.get('content-security-policy')).toContain("default-src 'none'")
  const text = await away.text()
  expect(text).toMatch(/database took too long/)
  expect(text).toMatch(/Reload this page/)
  await letGo()
  expect((await browser.authorize(asking(client))).status).toBe(303)
})

test('an approval that cannot be done for now is a page that says so, and nothing of it is there', async () => {
  const browser = new Browser(dana)
  const requestId = requestIdOf(await browser.authorize(asking(client)))
  const fields = { decision: 'approve', newTeam: 'Held', serviceUserName: 'held' }
  await hold('connection')
  const away = await browser.decide(requestId, fields)
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await away.text()).toMatch(SAYS)
  await letGo()
  expect(await rows("SELECT 1 FROM team WHERE name = 'Held'")).toEqual([])
  const done = await browser.decide(requestId, fields)
  expect(done.headers.get('location')).toMatch(/[?&]code=/)
})

test.each([
  [{ code: '57014', message: 'canceling statement due to statement timeout' }, /too long/],
  [{ code: '55P03', message: 'canceling statement due to lock timeout' }, /too long/],
  [{ code: '53300', message: 'sorry, too many clients already' }, /not reachable/],
  [{ code: '57P01', message: 'terminating connection due to administrator command' }, /not reachable/],
  [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:5432' }, /not reachable/],
  [{ message: 'timeout exceeded when trying to connect' }, /not reachable/],
  [{ message: 'Connection terminated unexpectedly' }, /lost/],
  [{ code: '08006', message: 'connection failure', severity: 'FATAL' }, /lost/],
  [
    {
      code: 'P2028',
      message:
        'The timeout for this transaction was 20000 ms, however 20001 ms passed since the start of the transaction.',
    },
    /too long/,
  ],
])('%j is the database’s', (cause, what) => {
  expect(databaseFault(Object.assign(new Error(cause.message), cause))?.what).toMatch(what)
})

test.each([
  [{ code: '23505', message: 'duplicate key', severity: 'ERROR' }],
  [{ code: '42P01', message: 'relation "57014 " does not exist', severity: 'ERROR' }],
  [{ code: '42601', message: 'unterminated quoted string', severity: 'ERROR' }],
  [{ code: '22P02', message: 'invalid input syntax for type uuid: "08001-ECONNRESET"', severity: 'ERROR' }],
  [{ message: 'a bug of ours in 08001' }],
  [undefined],
])('%j is not', (cause) => {
  expect(databaseFault(cause && Object.assign(new Error(cause.message), cause))).toBeUndefined()
})
