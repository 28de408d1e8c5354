import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from './database.ts'
import { scimClient } from './scim-client.ts'

await testDatabase()

/** Tables of the whole installation: people who sign in, clients, and what leads to a team. Copied to every node. */
const REFERENCE = new Set([
  '_prisma_migrations',
  'authorization_request',
  'client',
  'client_redirect_uri',
  'client_secret',
  'member',
  'oidc_identity',
  'recovery_link',
  'setup_link',
  'sign_in_session',
  'team',
  'throttle',
])

type Key = { table: string; name: string; kind: 'p' | 'u' | 'f'; columns: string[]; target: string | null }

async function keys(): Promise<Key[]> {
  const { rows } = await pool().query<Key>(`
    SELECT c.conrelid::regclass::text AS table, c.conname AS name, c.contype AS kind,
      ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, at) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY at) AS columns,
      CASE WHEN c.contype = 'f' THEN c.confrelid::regclass::text END AS target
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f') AND c.conparentid = 0
    UNION ALL
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, 'u',
      ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(n, at) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n ORDER BY at), NULL
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`)
  return rows
}

async function tablesOfTeams(): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
  )
  return rows.map(({ name }) => name).filter((name) => !REFERENCE.has(name))
}

test('every table is a reference table by name, or has team_id, and has it first in its primary key', async () => {
  const all = await keys()
  for (const table of await tablesOfTeams()) {
    const primary = all.find((key) => key.table === table && key.kind === 'p')
    expect([table, primary?.columns[0]]).toEqual([table, 'team_id'])
  }
})

test('every unique key of a team’s table begins with team_id', async () => {
  const teams = new Set(await tablesOfTeams())
  for (const { table, name, kind, columns } of await keys())
    if (kind === 'u' && teams.has(table)) expect([name, columns[0]]).toEqual([name, 'team_id'])
})

test('a foreign key stays within the team, or leads to a reference table', async () => {
  const teams = new Set(await tablesOfTeams())
  for (const { table, name, kind, columns, target } of await keys()) {
    if (kind !== 'f' || !teams.has(table)) continue
    if (teams.has(target ?? '')) expect([name, columns[0]]).toEqual([name, 'team_id'])
    else expect([name, REFERENCE.has(target ?? '')]).toEqual([name, true])
  }
})

test('numbers come from sequences without a cache, as the counting of blocks needs them', async () => {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT seqrelid::regclass::text AS name FROM pg_sequence WHERE seqcache <> 1`,
  )
  expect(rows).toEqual([])
})

test('every statement of a SCIM request that reads or writes a team’s table names the team', async () => {
  const acme = await scimClient()
  const seen = new Set<string>()
  const run = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
  onTestFinished(() => void Object.assign(pg.Client.prototype, { query: run }))
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...args: unknown[]) {
      seen.add(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text)
      return run.apply(this, args)
    },
  })
  const user = await acme.call('POST', '/Users', { userName: 'ana@example.com' })
  const { id } = user.json
  const group = await acme.call('POST', '/Groups', { displayName: 'Sales', members: [{ value: id }] })
  const member = { Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] }
  await acme.call('GET', `/Users/${id}`)
  await acme.call('GET', '/Users?filter=userName eq "ana@example.com"')
  await acme.call('GET', '/Users?startIndex=1&count=10')
  await acme.call('PUT', `/Users/${id}`, { userName: 'ana@example.com', title: 'Engineer' })
  await acme.call('PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', value: { active: false } }] })
  await acme.call('PATCH', `/Groups/${group.json.id}`, member)
  await acme.call('GET', `/Groups/${group.json.id}`)
  await acme.call('DELETE', `/Groups/${group.json.id}`)
  expect((await acme.call('DELETE', `/Users/${id}`)).status).toBe(204)
  const names = new RegExp(`\\b(${(await tablesOfTeams()).join('|')})\\b`, 'i')
  const onTeams = [...seen].filter((sql) => names.test(sql))
  expect(onTeams.length).toBeGreaterThan(8)
  expect(onTeams.filter((sql) => !/\bteam_id\b/.test(sql))).toEqual([])
})
