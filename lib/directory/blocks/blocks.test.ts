import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'
import { countActive, countDeactivated } from '../count-deactivated.ts'
import { countRows } from '../count-rows.ts'
import { foldBlocks } from './fold-blocks.ts'
import { foldGrownBlocks } from './fold-grown-blocks.ts'
import { foldingDone } from './fold-soon.ts'
import { placeOf } from './place-of.ts'

const { url } = await testDatabase()
let acme: ScimClient
let other: ScimClient
let made = 0
beforeEach(async () => {
  acme = await scimClient(`Acme ${++made}`)
  other = await scimClient(`Other ${made}`)
})

const INSERT = `INSERT INTO directory_user (team_id, id, user_name, user_name_key, search_text, active, doc, created_at, updated_at)
  SELECT ($1::uuid[])[1 + n % array_length($1::uuid[], 1)], gen_random_uuid(), name, name, name, n % 10 <> 3, jsonb_build_object('userName', name), now(), now()
  FROM (SELECT n, 'bulk' || n || '.' || $2::text AS name FROM generate_series(1, $3::int) n) u`

/** Rows of several teams in turn, so that no team's numbers follow each other. */
async function insert(count: number, ...teams: ScimClient[]): Promise<void> {
  await pool().query(INSERT, [teams.map((team) => team.teamId), newId(), count])
}

const count = async (condition: string) => {
  const { rows } = await pool().query<{ n: number }>(
    `SELECT count(*) AS n FROM directory_user WHERE team_id = $1 AND ${condition}`,
    [acme.teamId],
  )
  return rows[0]?.n ?? 0
}

async function expectExact(): Promise<void> {
  expect(await countRows(acme.teamId, 'User')).toBe(await count('true'))
  expect(await countDeactivated(acme.teamId)).toBe(await count('NOT active'))
  expect(await countActive(acme.teamId)).toBe(await count('active'))
  const { rows } = await pool().query<{ seq: number }>(
    'SELECT seq FROM directory_user WHERE team_id = $1 ORDER BY seq',
    [acme.teamId],
  )
  for (let startIndex = 1; startIndex <= rows.length; startIndex += 137) {
    const place = await placeOf(acme.teamId, 'User', startIndex)
    expect(place.total).toBe(rows.length)
    const first = rows.findIndex((row) => row.seq >= place.fromSeq)
    expect(first + place.offset).toBe(startIndex - 1)
    expect(place.offset).toBeLessThan(4_100)
  }
}

test('totals and deep places are exact: before counting, after it, and while rows come and go', async () => {
  await insert(6_500, acme, other)
  await expectExact()
  await foldingDone()
  expect(await foldBlocks(acme.teamId, 'User')).toBe(true)
  await expectExact()
  await insert(800, acme, other)
  await pool().query(`DELETE FROM directory_user WHERE team_id = $1 AND user_name LIKE '%5.%'`, [acme.teamId])
  await pool().query(
    `UPDATE directory_user SET active = NOT active WHERE team_id = $1 AND user_name LIKE '%2.%'`,
    [acme.teamId],
  )
  await expectExact()
  await foldBlocks(acme.teamId, 'User')
  await expectExact()
  await pool().query('DELETE FROM directory_user WHERE team_id = $1', [acme.teamId])
  await foldBlocks(acme.teamId, 'User')
  expect(await countRows(acme.teamId, 'User')).toBe(0)
  const { rows } = await pool().query<{ n: number }>(
    'SELECT count(*) AS n FROM directory_block WHERE team_id = $1',
    [acme.teamId],
  )
  expect(rows[0]?.n).toBeLessThanOrEqual(1)
  await insert(50, acme)
  await expectExact()
}, 60_000)

test('a block counts a row whose transaction was still open when later rows were there already', async () => {
  const slow = new pg.Client({ connectionString: url })
  await slow.connect()
  await slow.query('BEGIN')
  await slow.query(INSERT, [[acme.teamId], newId(), 10])
  await insert(3_000, acme)
  const folding = foldBlocks(acme.teamId, 'User')
  await delay(50)
  await slow.query('COMMIT')
  await slow.end()
  expect(await folding).toBe(true)
  await expectExact()
})

test('what cannot be settled is not counted into a block, and totals are exact all the same', async () => {
  const slow = new pg.Client({ connectionString: url })
  await slow.connect()
  await slow.query('BEGIN')
  await slow.query(INSERT, [[acme.teamId], newId(), 10])
  await insert(3_000, acme)
  expect(await foldBlocks(acme.teamId, 'User')).toBe(false)
  expect(await countRows(acme.teamId, 'User')).toBe(3_000)
  await slow.query('COMMIT')
  await slow.end()
  await expectExact()
})

test('counting beside sixteen writers who create, delete and deactivate loses and doubles nothing', async () => {
  await insert(60_000, acme)
  await foldBlocks(acme.teamId, 'User')
  let writing = true
  const writers = Array.from({ length: 16 }, async (_, writer) => {
    for (let i = 0; i < 12; i++) {
      const created = await acme.call('POST', '/Users', { userName: `w${writer}.${i}.${made}@example.com` })
      const victim = await pool().query<{ id: string }>(
        `SELECT id FROM directory_user WHERE team_id = $1 AND user_name LIKE $2 LIMIT 1`,
        [acme.teamId, `bulk${(writer * 3_001 + i * 97) % 60_000 || 1}.%`],
      )
      const patch = { Operations: [{ op: 'replace', value: { active: i % 2 === 0 } }] }
      await acme.call('PATCH', `/Users/${victim.rows[0]?.id}`, patch)
      if (i % 3 === 0) await acme.call('DELETE', `/Users/${i % 2 ? created.json.id : victim.rows[0]?.id}`)
    }
  })
  const folding = (async () => {
    while (writing) await foldBlocks(acme.teamId, 'User')
  })()
  await Promise.all(writers)
  writing = false
  await folding
  await expectExact()
}, 60_000)

test('the background job counts the teams that have grown, and no other', async () => {
  await insert(5_000, acme)
  await insert(500, other)
  await foldGrownBlocks()
  const { rows } = await pool().query<{ team_id: string; rows: number }>(
    `SELECT team_id, sum(rows) AS rows FROM directory_block WHERE team_id = ANY ($1) GROUP BY 1`,
    [[acme.teamId, other.teamId]],
  )
  expect(rows).toEqual([{ team_id: acme.teamId, rows: 5_000 }])
  await expectExact()
})

test('groups are counted the same way, beside Muster’s own', async () => {
  await pool().query(
    `INSERT INTO directory_group (team_id, id, display_name, name_key, doc, created_at, updated_at)
     SELECT $1, gen_random_uuid(), 'group ' || n, 'group ' || n, jsonb_build_object('displayName', 'group ' || n), now(), now() FROM generate_series(1, 2500) n`,
    [acme.teamId],
  )
  expect(await foldBlocks(acme.teamId, 'Group')).toBe(true)
  await pool().query(`DELETE FROM directory_group WHERE team_id = $1 AND name_key LIKE '%7'`, [acme.teamId])
  expect(await countRows(acme.teamId, 'Group')).toBe(2_250)
  expect(await placeOf(acme.teamId, 'Group', 2_000)).toMatchObject({ total: 2_250 })
  const page = await acme.call('GET', '/Groups?startIndex=2249&count=10&excludedAttributes=members')
  expect(page.json).toMatchObject({ totalResults: 2_250, startIndex: 2_249, itemsPerPage: 2 })
})
