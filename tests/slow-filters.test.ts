import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from './database.ts'
import { type ScimClient, scimClient } from './scim-client.ts'

process.env.MUSTER_SECRET = 'a secret that both processes of this test know'
const { url } = await testDatabase()
const LOCK = 20_261_125
let server: ChildProcess
let base = ''
let large: ScimClient
let small: ScimClient

/** 40,000 engineers. */
const FILL = `
  INSERT INTO directory_user (team_id, id, user_name, user_name_key, search_text, active, doc, created_at, updated_at)
  SELECT $1, gen_random_uuid(), name, name, name, true, jsonb_build_object('userName', name, 'title', 'Engineer'), now(), now()
  FROM (SELECT 'person' || n || '@large.test' AS name FROM generate_series(1, 40000) n) u`

/**
 * Makes filters on text in documents as slow as this test wants: for connections made from now on, the function that they
 * ask of every row waits for a lock. The planner takes it for as cheap as the one that it stands for.
 */
const HOLD = `
  CREATE SCHEMA held;
  CREATE FUNCTION held.jsonb_typeof(value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE COST 1 AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN pg_catalog.jsonb_typeof(value); END $$;
  DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = held, public, pg_catalog', current_database()); END $$`

beforeAll(async () => {
  large = await scimClient('Large')
  small = await scimClient('Small')
  await pool().query(FILL, [large.teamId])
  await pool().query('ANALYZE directory_user')
  await pool().query(HOLD)
  server = spawn(process.execPath, [path.join(import.meta.dirname, 'serve-process.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: url,
      MUSTER_SECRET: process.env.MUSTER_SECRET,
      SCIM_REQUESTS_PER_SECOND: '0',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  base = (await once(server, 'message'))[0]
}, 60_000)

afterAll(() => {
  server?.kill()
})

async function scim(client: ScimClient, method: string, path: string, body?: unknown) {
  const response = await fetch(`${base}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/scim+json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, json: text ? JSON.parse(text) : undefined }
}

const search = (filter: string) => scim(large, 'GET', `/Users?count=1&filter=${encodeURIComponent(filter)}`)

/** What Okta does for one person. */
async function provision(client: ScimClient, userName: string): Promise<void> {
  const found = await scim(client, 'GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
  expect(found.json).toMatchObject({ totalResults: 0 })
  const made = await scim(client, 'POST', '/Users', { userName })
  expect(made.status).toBe(201)
  const Operations = [{ op: 'replace', value: { active: false } }]
  expect((await scim(client, 'PATCH', `/Users/${made.json.id}`, { Operations })).json.active).toBe(false)
}

test.each([
  ['that look for a text no index knows', 'title co "nobody"'],
  ['that most people should fit, and nobody does', 'title ne "Engineer"'],
  ['of which an index knows too little', 'userName sw "p" and not (title eq "Engineer")'],
])(
  'look-ups and writes, of the same team and of others, are answered while a flood of filters %s is not',
  async (_, filter) => {
    const holder = await pool().connect()
    let answered = 0
    try {
      await holder.query('SELECT pg_advisory_lock($1)', [LOCK])
      const flood = Array.from({ length: 16 }, () => search(filter).finally(() => answered++))
      for (let n = 0; n < 5; n++)
        for (const client of [small, large]) await provision(client, `new${n}.${filter.length}`)
      expect(answered).toBeLessThan(flood.length)
      await holder.query('SELECT pg_advisory_unlock($1)', [LOCK])
      for (const { status, json } of await Promise.all(flood))
        if (status === 200) expect(json.totalResults).toBeLessThan(100)
        else expect([status, json.scimType]).toEqual([400, 'tooMany'])
    } finally {
      holder.release(true)
    }
  },
  60_000,
)

test('a filter that takes too long is refused with what to do about it', async () => {
  const holder = await pool().connect()
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [LOCK])
    const { status, json } = await search('title co "nobody"')
    expect([status, json.scimType]).toEqual([400, 'tooMany'])
    expect(json.detail).toMatch(/took longer than 5 seconds. Narrow it by userName/)
  } finally {
    holder.release(true)
  }
}, 30_000)
