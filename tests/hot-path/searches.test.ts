import { beforeAll, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { searchUsers } from '#lib/directory/pages/search-users'
import { testDatabase } from '../database.ts'
import { type ScimClient, scimClient } from '../scim-client.ts'
import { type Statement, statementsOf } from './capture.ts'
import { fillDirectory } from './requests.ts'

await testDatabase()

let client: ScimClient

beforeAll(async () => {
  client = await scimClient('Acme')
  const bystander = await scimClient('Bystander')
  await fillDirectory([client.teamId, bystander.teamId], 10_000)
}, 120_000)

/** Those that read users, as they ran: not PostgreSQL's estimates of them. */
async function reads(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements = await statementsOf(work)
  return statements.filter(({ text }) => text.includes('directory_user') && !text.startsWith('EXPLAIN'))
}

/** The plan with the values, as text. */
async function planOf({ text, values }: Statement): Promise<string> {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

async function get(query: string) {
  const reply = await client.call('GET', `/Users?${query}`)
  expect(reply.status).toBe(200)
  return reply
}

test.each([
  ['emails.value eq "u77@example.com"', 1, 'directory_user_email_keys_idx'],
  ['emails[type eq "work" and value eq "u77@example.com"]', 0, 'directory_user_email_keys_idx'],
  ['userName co "u777"', 11, 'directory_user_search_idx'],
  ['userName ew "777@example.com"', 10, 'directory_user_search_idx'],
  ['userName sw "u777"', 11, 'directory_user_team_id_user_name_key_key'],
  ['displayName eq "user 77"', 1, 'directory_user_team_id_display_name_key_id_idx'],
  ['name.familyName eq "f77" and name.givenName eq "g77"', 1, 'family_name_key_given_name_key_idx'],
  ['userName eq "u77@example.com" or externalId eq "x78"', 2, 'directory_user_team_id_external_id_idx'],
])('%s is answered from its index', async (filter, hits, index) => {
  let total = 0
  const statements = await reads(async () => {
    total = (await get(`filter=${encodeURIComponent(filter)}`)).json.totalResults
  })
  expect(total).toBe(hits)
  expect(statements).toHaveLength(1)
  expect(await planOf(statements[0] as Statement)).toContain(index)
})

test('a long text is looked up by pieces of it, and found only where it stands in one', async () => {
  for (const name of ['alexandra.longname.4711', 'longname.alexandra.4711', 'alexandra.4711.longname'])
    await client.call('POST', '/Users', { userName: `${name}@example.com` })
  for (const filter of ['userName co "xandra.longname.471"', 'userName ew "ra.longname.4711@example.com"']) {
    let names: string[] = []
    const [list] = await reads(async () => {
      const { json } = await get(`filter=${encodeURIComponent(filter)}`)
      names = json.Resources.map(({ userName }: { userName: string }) => userName)
    })
    expect(names).toEqual(['alexandra.longname.4711@example.com'])
    expect(await planOf(list as Statement)).toMatch(
      /directory_user_search_idx[^>]+Index Cond: \(\(search_text ~~ '%\w{3}%'/,
    )
  }
})

test.each([
  'displayName eq "user 77"',
  'displayName sw "user 77"',
  'meta.created ge "2000-01-01T00:00:00Z" and meta.created lt "2000-01-02T00:00:00Z"',
  'userName eq "u77@example.com" or emails.value eq "u78@example.com"',
  'active eq false and userName sw "u7"',
  'groups.value eq "7d9a2a53-ff08-4f7c-8c6c-1d8f43ea1c0f"',
  'groups.value eq "7d9a2a53-ff08-4f7c-8c6c-1d8f43ea1c0f" or userName eq "u77@example.com"',
])('%s costs no estimate', async (filter) => {
  const statements = await statementsOf(() => get(`filter=${encodeURIComponent(filter)}`))
  expect(statements.filter(({ text }) => text.startsWith('EXPLAIN'))).toEqual([])
})

test('of a name that more share than are gathered at once, all are counted and shown', async () => {
  await pool().query(
    `UPDATE directory_user SET display_name_key = 'ana silva' WHERE team_id = $1 AND user_name_key LIKE 'u1%'`,
    [client.teamId],
  )
  const page = (
    await get(`count=5&startIndex=1000&filter=${encodeURIComponent('displayName eq "Ana Silva"')}`)
  ).json
  expect(page).toMatchObject({ totalResults: 1_112, itemsPerPage: 5 })
})

test('the search of the users’ page is answered from the index of trigrams', async () => {
  const statements = await reads(() => searchUsers(client.teamId, { q: 'u777' }))
  expect(statements.length).toBeGreaterThan(0)
  expect(await planOf(statements[0] as Statement)).toContain('directory_user_search_idx')
})

test.each([
  ['startIndex=1', 'directory_user_team_id_seq_key'],
  ['startIndex=5001', 'directory_user_team_id_seq_key'],
  ['cursor', 'directory_user_team_id_seq_key'],
  ['sortBy=userName&cursor', 'directory_user_team_id_user_name_key_key'],
  ['sortBy=userName&sortOrder=descending&cursor', 'directory_user_team_id_user_name_key_key'],
])('a walk by %s goes along an index, from page to page', async (query, index) => {
  for (const position of [query, query.replace('cursor', `cursor=${(await get(query)).json.nextCursor}`)]) {
    const statements = await reads(() => get(`count=100&${position}`))
    const lists = statements.filter(({ text }) => text.includes('list_at'))
    expect([position, lists.length]).toEqual([position, 1])
    const plan = await planOf(lists[0] as Statement)
    expect(plan).toContain(index)
    // Rows of equal keys are put in their order as they come; nobody is sorted as a whole.
    expect(plan).not.toMatch(/Seq Scan|-> {2}Sort [^\n]*\n +Sort Key: u/)
  }
})

test('the members of a group are found from its memberships, by a statement that is planned once', async () => {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT group_id AS id FROM membership WHERE team_id = $1 LIMIT 1`,
    [client.teamId],
  )
  const filter = `filter=${encodeURIComponent(`groups.value eq "${rows[0]?.id}"`)}`
  const [list] = (await reads(() => get(filter))).filter(({ text }) => text.includes('list_at'))
  expect(list?.name).toMatch(/^list-/)
  const plan = await planOf(list as Statement)
  expect(plan).toContain('membership_pkey')
  expect(plan).toContain('directory_user_pkey')
  expect(plan).not.toContain('Seq Scan on directory_user')
})

test('the members of a group are read from its memberships alone, in the order in which those are kept', async () => {
  const { rows } = await pool().query<{ group_id: string; user_id: string }>(
    `SELECT group_id, user_id FROM membership WHERE team_id = $1 AND group_id IN (SELECT group_id FROM membership WHERE team_id = $1 LIMIT 1)
     ORDER BY user_id`,
    [client.teamId],
  )
  const filter = `filter=${encodeURIComponent(`groups.value eq "${rows[0]?.group_id}"`)}`
  const seen: string[] = []
  for (let start = 1; start <= rows.length; start += 5) {
    const [list] = (await reads(() => page(start))).filter(({ text }) => text.includes('list_at'))
    const [hits, shown] = (await planOf(list as Statement)).split('->  Aggregate  (')
    expect(hits).toContain('membership_pkey')
    expect(hits).not.toContain('directory_user')
    expect(shown).toContain('directory_user_pkey')
  }
  expect(seen).toEqual(rows.map((row) => row.user_id))

  async function page(start: number) {
    const { json } = await get(`count=5&startIndex=${start}&${filter}`)
    expect(json.totalResults).toBe(rows.length)
    seen.push(...json.Resources.map(({ id }: { id: string }) => id))
  }
})

test.each([
  ['meta.created ge "2000-01-01T00:00:00Z" and meta.created lt "2000-01-02T00:00:00Z"', 'created_at_idx'],
  ['active eq false and userName sw "u7"', 'directory_user_inactive_name_idx'],
  ['displayName sw "user 77"', 'directory_user_team_id_display_name_key_id_idx'],
  ['userName sw "u77" or externalId eq "x78"', 'directory_user_team_id_external_id_idx'],
])('%s is planned once for all values, and goes along its index', async (filter, index) => {
  const [list] = await reads(() => get(`filter=${encodeURIComponent(filter)}`))
  const { name, text } = list as Statement
  expect(name).toMatch(/^list-/)
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${text}`)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toMatch(new RegExp(`${index}[^>]+Index Cond: \\(\\(team_id = \\$1\\) AND \\(\\w+ [<>=]`))
  expect(plan).toContain('TID Cond')
})

test('the groups of a page of users are read together, from an index that holds them', async () => {
  const statements = await statementsOf(() => get('count=100&filter=active eq true'))
  const groups = statements.filter(({ text }) => text.includes('membership'))
  expect(groups.map(({ name }) => name)).toEqual(['groups-of-page'])
  expect(await planOf(groups[0] as Statement)).toContain(
    'Index Only Scan using membership_team_id_user_id_group_id_idx',
  )
})

type Inverted = { index: string; definition: string; options: string[] | null }

async function invertedIndexes(): Promise<Inverted[]> {
  const { rows } = await pool().query<Inverted>(
    `SELECT c.relname AS index, pg_get_indexdef(c.oid) AS definition, c.reloptions AS options FROM pg_class c JOIN pg_am m ON m.oid = c.relam
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i' AND m.amname = 'gin'`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(4)
  return rows
}

test('no search reads a long list of entries that an inverted index has not merged yet', async () => {
  for (const { index, options } of await invertedIndexes())
    expect([index, options]).toEqual([index, ['gin_pending_list_limit=128']])
})

test('an index of trigrams asks for the team behind the text, so that it does not go through the team', async () => {
  const trigrams = (await invertedIndexes()).filter(({ definition }) => definition.includes('trgm'))
  expect(trigrams).toHaveLength(2)
  for (const { definition } of trigrams) expect(definition).toMatch(/gin_trgm_ops, team_id\)/)
})
