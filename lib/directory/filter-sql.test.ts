import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { caseKey, userNameKey } from '#lib/scim/case-key'
import { type Filter, type Literal, type Operator, operators } from '#lib/scim/filter/ast'
import { evaluateFilter } from '#lib/scim/filter/evaluate-filter'
import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { JsonObject } from '#lib/scim/json-value'
import { parseExtensionSchema } from '#lib/scim/schema/parse-extension-schema'
import { defineResources } from '#lib/scim/schema/resource-types'
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE } from '#lib/scim/schema/urns'
import { ScimError } from '#lib/scim/scim-error'
import { printFilter } from '#tests/arbitrary/print-filter'
import { testDatabase } from '#tests/database'
import { following } from './filter-predicate.ts'
import { filterToSql } from './filter-sql.ts'
import { groupFilterTarget } from './group-filter-target.ts'
import { sortedBy, sortToSql } from './sort-sql.ts'
import { userFilterTarget } from './user-filter-target.ts'
import { docOf, type GroupRef, renderUser, USER_WRITE_COLUMNS, userWriteValues } from './users/user-row.ts'

await testDatabase()

const HR = 'urn:example:scim:schemas:extension:hr:1.0:User'
const definitions = defineResources([
  parseExtensionSchema({
    id: HR,
    attributes: [
      { name: 'grade', type: 'integer' },
      { name: 'ratio', type: 'decimal' },
      { name: 'hired', type: 'dateTime' },
      { name: 'badge', caseExact: true },
      { name: 'remote', type: 'boolean' },
      { name: 'tags', multiValued: true },
      {
        name: 'desks',
        type: 'complex',
        multiValued: true,
        subAttributes: [{ name: 'value' }, { name: 'floor', type: 'integer' }],
      },
    ],
  }),
])
const BASE = 'https://muster.example/scim/v2'
const TEAM = randomUUID()
const OTHER_TEAM = randomUUID()

/** Words that have gone wrong somewhere: case pairs without ASCII, letters of two characters, LIKE's own, surrogate pairs. */
const WORDS = [
  'Ab',
  'aB',
  'abc',
  'É',
  'é',
  'e\u0301',
  'E\u0323\u0302',
  '\u1ec6',
  '\u1112\u1161\u11ab',
  '한',
  '\u212b',
  '\u0345\u0301',
  '\u0301x',
  'İ',
  'i̇',
  'ΑΣ',
  'ας',
  'ẞ',
  'ß',
  'a_b',
  'axb',
  '100%',
  'a\\b',
  '😀',
  'Ａ',
  'x y',
  '"',
  "'",
  'work',
  'home',
  'true',
  '5',
]
const HOSTILE = ['', '\u0000', 'a\u0000', '\ud800', '%', '_', '\\']
const DATES = ['2024-01-01T00:00:00.000Z', '2024-02-29T12:00:00.500Z', '2025-06-30T23:59:59.999Z']
const NUMBERS = [0, 1, -1, 5, 1.5, 1e21, 0.1]

const word = fc.constantFrom(...WORDS)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const email = fc.record({
  value: maybe(word),
  type: maybe(fc.constantFrom('work', 'home')),
  primary: maybe(fc.boolean()),
})

/** Documents as readResource leaves them: nothing unassigned; now and then a type that the schema had earlier. */
const user = fc.record({
  userName: word,
  externalId: maybe(word),
  displayName: maybe(word),
  title: maybe(word),
  active: fc.boolean(),
  name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word), formatted: maybe(word) })),
  emails: maybe(fc.array(email, { maxLength: 3 })),
  photos: maybe(fc.array(fc.record({ value: maybe(word), type: maybe(word) }), { maxLength: 2 })),
  [ENTERPRISE]: maybe(
    fc.record({
      department: maybe(word),
      manager: maybe(fc.record({ value: maybe(word), displayName: maybe(word) })),
    }),
  ),
  [HR]: maybe(
    fc.record({
      grade: maybe(fc.oneof(fc.integer({ min: -2, max: 6 }), word)),
      ratio: maybe(fc.oneof(fc.constantFrom(...NUMBERS), fc.boolean())),
      hired: maybe(fc.oneof(fc.constantFrom(...DATES), word)),
      badge: maybe(fc.oneof(word, fc.integer())),
      remote: maybe(fc.oneof(fc.boolean(), word)),
      tags: maybe(fc.oneof(fc.array(fc.oneof(word, fc.integer()), { maxLength: 3 }), word)),
      desks: maybe(
        fc.array(fc.record({ value: maybe(word), floor: maybe(fc.integer({ min: -1, max: 3 })) }), {
          maxLength: 3,
        }),
      ),
    }),
  ),
})

const SUBS: Record<string, string[]> = {
  emails: ['value', 'type', 'primary', 'display'],
  photos: ['value', 'type'],
  name: ['givenName', 'familyName', 'formatted'],
  groups: ['value', 'display', 'type', '$ref'],
  members: ['value', 'display', 'type', '$ref'],
  meta: ['created', 'lastModified', 'version', 'location', 'resourceType'],
  [`${HR}:desks`]: ['value', 'floor'],
  [`${HR}:tags`]: ['value'],
  [`${ENTERPRISE}:manager`]: ['value', 'displayName'],
}
const USER_PATHS = [
  ...['id', 'userName', 'externalId', 'displayName', 'title', 'active', 'schemas', 'nickName', 'unknown'],
  ...[
    'emails',
    'photos',
    'groups',
    'name',
    'meta',
    'roles',
    `${ENTERPRISE}:department`,
    `${ENTERPRISE}:manager`,
  ],
  ...['grade', 'ratio', 'hired', 'badge', 'remote', 'tags', 'desks'].map((name) => `${HR}:${name}`),
]
const GROUP_PATHS = ['id', 'displayName', 'externalId', 'members', 'schemas', 'meta']
const withSubs = (paths: string[]) =>
  paths.flatMap((path) => [path, ...(SUBS[path] ?? []).map((sub) => `${path}.${sub}`)])

const ids: string[] = []
const literal: fc.Arbitrary<Literal> = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'b',
      'B',
      'I',
      'Σ',
      'direct',
      'indirect',
      'User',
      'Group',
      'W/"1"',
      ENTERPRISE,
      HR,
      `${BASE}/Users/`,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...DATES, '2024-02-29T13:00:00.5+01:00', '2024', 'T') },
  { weight: 1, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.nat().map((index) => ids[index % ids.length] ?? '') },
)

const asText = (path: string, operator: Operator, value: Literal) =>
  `${path} ${operator} ${JSON.stringify(value)}`

function comparison(paths: string[]): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...paths), fc.constantFrom(...operators), literal)
        .map(([path, operator, value]) => asText(path, operator, value)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...paths).map((path) => `${path} pr`) },
  )
}

function combined(term: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: term },
    { weight: 1, arbitrary: term.map((inner) => `not (${inner})`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(term, fc.constantFrom('and', 'or'), term)
        .map(([a, keyword, b]) => `(${a}) ${keyword} (${b})`),
    },
    { weight: 1, arbitrary: fc.tuple(term, term, term).map(([a, b, c]) => `not (${a} or ${b}) and ${c}`) },
  )
}

function filterOver(paths: string[]): fc.Arbitrary<Filter> {
  const bracketed = fc
    .constantFrom(...paths.filter((path) => SUBS[path]))
    .chain((path) => combined(comparison(SUBS[path] as string[])).map((inner) => `${path}[${inner}]`))
  const term = fc.oneof(
    { weight: 3, arbitrary: comparison(withSubs(paths)) },
    { weight: 1, arbitrary: bracketed },
  )
  return combined(term).map(parseFilter)
}

type Known = { readonly id: string; readonly resource: JsonObject }
const users: Known[] = []
const groups: Known[] = []

beforeAll(async () => {
  const db = pool()
  for (const team of [TEAM, OTHER_TEAM]) {
    await db.query(
      'insert into team (id, slug, name, updated_at) values ($1::uuid, $1::text, $1::text, now())',
      [team],
    )
  }
  const docs = fc.sample(user, { numRuns: 70, seed: 7 })
  const groupIds: string[] = []
  const used = new Set<string>()
  for (const [index, team] of [TEAM, TEAM, TEAM, TEAM, TEAM, OTHER_TEAM].entries()) {
    const id = randomUUID()
    if (team === TEAM) groupIds.push(id)
    const name = `${WORDS[index]}-${index}`
    await db.query(
      `insert into directory_group (team_id, id, display_name, name_key, external_id, doc, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [team, id, name, caseKey(name), index % 2 ? 'ext' : null, '{"schemas":[]}', DATES[index % 3]],
    )
  }
  // 0 holds 1, 1 holds 2, 2 holds 0 again: a loop that a lookup must survive; 4 is empty.
  for (const [group, member] of [
    [0, 1],
    [1, 2],
    [2, 0],
  ] as const) {
    await db.query(
      'insert into nested_group (team_id, group_id, member_group_id, added_at) values ($1, $2, $3, now())',
      [TEAM, groupIds[group], groupIds[member]],
    )
  }
  for (const [index, sample] of docs.entries()) {
    const plain = !used.has(userNameKey(sample.userName))
    used.add(userNameKey(sample.userName))
    const attributes = tidy({
      ...sample,
      userName: plain ? sample.userName : `${sample.userName}${index}`,
    }) as JsonObject
    await insertUser(
      TEAM,
      attributes,
      index,
      index % 4 === 0 ? [groupIds[index % 5]] : index % 7 === 0 ? [groupIds[1], groupIds[3]] : [],
      groupIds,
    )
    if (index < 5) await insertUser(OTHER_TEAM, attributes, index, [], [])
  }
  const names = new Map(
    users.map(({ id, resource }) => [id, String(resource.displayName ?? resource.userName)]),
  )
  for (const [index, id] of groupIds.entries()) {
    const { rows } = await db.query('select * from directory_group where id = $1', [id])
    const members = (await db.query('select user_id from membership where group_id = $1', [id])).rows.map(
      ({ user_id }) => ({
        value: user_id,
        display: names.get(user_id),
        type: 'User',
        $ref: `${BASE}/Users/${user_id}`,
      }),
    )
    const nested = [1, 2, 0][index]
    if (nested !== undefined)
      members.push({
        value: groupIds[nested],
        display: `${WORDS[nested]}-${nested}`,
        type: 'Group',
        $ref: `${BASE}/Groups/${groupIds[nested]}`,
      })
    const [row] = rows
    const resource = {
      schemas: [definitions.Group.schema.id],
      id,
      displayName: row.display_name,
      ...(row.external_id && { externalId: row.external_id }),
      ...(members.length > 0 && { members }),
      meta: metaOf('Group', id, DATES[index % 3] as string),
    }
    groups.push({ id, resource })
  }
  ids.push(...groupIds, ...users.slice(0, 8).map(({ id }) => id), (users[0]?.id ?? '').toUpperCase())
})

function metaOf(resourceType: string, id: string, at: string) {
  return {
    resourceType,
    created: at,
    lastModified: at,
    version: 'W/"1"',
    location: `${BASE}/${resourceType}s/${id}`,
  }
}

async function insertUser(
  team: string,
  attributes: JsonObject,
  index: number,
  groupIds: (string | undefined)[],
  all: string[],
) {
  const id = randomUUID()
  const at = DATES[index % 3] as string
  const doc = docOf(attributes, definitions.User)
  const managedBy = index % 2 ? randomUUID() : null
  await pool().query(
    `insert into directory_user (team_id, id, created_at, updated_at, managed_by, ${USER_WRITE_COLUMNS})
     values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [team, id, at, managedBy, ...userWriteValues(attributes, doc)],
  )
  for (const group of groupIds) {
    await pool().query(
      'insert into membership (team_id, group_id, user_id, added_at) values ($1, $2, $3, now())',
      [team, group, id],
    )
  }
  if (team !== TEAM) return
  const refs = effectiveGroups(groupIds as string[], all)
  const rendered = JSON.parse(renderUser({ id, doc, version: 1, createdAt: at, updatedAt: at }, refs, BASE))
  users.push({ id, resource: tidy(rendered) as JsonObject })
}

/** By the loop above, membership in one of the first three groups is membership in all three. */
function effectiveGroups(direct: string[], all: string[]): GroupRef[] {
  const loop = all.slice(0, 3)
  const effective = direct.some((id) => loop.includes(id)) ? [...new Set([...direct, ...loop])] : direct
  return effective.map((id) => ({
    id,
    display: `${WORDS[all.indexOf(id)]}-${all.indexOf(id)}`,
    direct: direct.includes(id),
  }))
}

/** Without undefined and without what became empty. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(tidy).filter((element) => element !== undefined)
    return kept.length > 0 ? kept : undefined
  }
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, tidy(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** Filters that found some and not all: a comparison of nothing with nothing would prove nothing. */
let telling = 0

async function compare(filter: Filter, type: 'User' | 'Group') {
  const known = type === 'User' ? users : groups
  let resolved: ReturnType<typeof resolveFilter>
  try {
    resolved = resolveFilter(filter, definitions[type])
  } catch (error) {
    expect(error).toBeInstanceOf(ScimError)
    return
  }
  const expected = known
    .filter(({ resource }) => evaluateFilter(resolved.filter, resource))
    .map(({ id }) => id)
  const options = { team: '$1', baseUrl: BASE } as const
  const target = type === 'User' ? userFilterTarget(options) : groupFilterTarget(options)
  const from = type === 'User' ? 'directory_user u' : 'directory_group g'
  const alias = type === 'User' ? 'u' : 'g'
  const { sql, params } = filterToSql(resolved.filter, target, 2)
  const { rows } = await pool().query<{ id: string }>(
    `select ${alias}.id from ${from} where ${alias}.team_id = $1 and ${sql}`,
    [TEAM, ...params],
  )
  expect(rows.map(({ id }) => id).sort(), printFilter(filter)).toEqual(expected.sort())
  if (expected.length > 0 && expected.length < known.length) telling += 1
}

describe('a filter in SQL finds what the evaluator finds', () => {
  test('for any filter over users', async () => {
    await fc.assert(
      fc.asyncProperty(filterOver(USER_PATHS), (filter) => compare(filter, 'User')),
      { numRuns: 1_500 },
    )
    expect(telling).toBeGreaterThan(300)
  }, 120_000)

  test('for any filter over groups and their members', async () => {
    await fc.assert(
      fc.asyncProperty(filterOver(GROUP_PATHS), (filter) => compare(filter, 'Group')),
      { numRuns: 600 },
    )
  }, 120_000)

  test.each([
    'groups.value eq "G0"',
    'groups[value eq "G0" and type eq "indirect"]',
    'members.value eq "U0"',
    'members[value eq "U0" or display co "a"]',
    'emails[value eq "ab" and type eq "work"]',
    'not (emails.value eq "ab")',
    'emails.type ne "work"',
    'emails eq null',
    `schemas eq "${ENTERPRISE}"`,
    'id eq "not-a-uuid"',
    'userName eq "a\\u0000"',
    'meta.location eq "a\\u0000"',
    'members[$ref ne "\\ud800"]',
    'userName sw "a_"',
    'displayName co "%"',
    'title gt "Ａ"',
  ])('%s', async (text) => {
    const filled = text.replace('G0', groups[0]?.id ?? '').replace('U0', users[0]?.id ?? '')
    await compare(parseFilter(filled), 'User')
    await compare(parseFilter(filled), 'Group')
  })
})

test('the text of a filter reaches SQL as parameters only', () => {
  const { filter } = resolveFilter(
    parseFilter(`title eq "';drop--" and emails[display co "';drop--"]`),
    definitions.User,
  )
  const { sql, params } = filterToSql(filter, userFilterTarget({ team: '$1', baseUrl: BASE }), 2)
  expect(sql).not.toContain('drop')
  expect(params).toEqual(["';drop--", "%';drop--%"])
})

describe('the usual look-ups use an index', () => {
  test.each([
    ['userName eq "ab"', 'u.user_name_key = $2'],
    ['externalId eq "x"', 'u.external_id = $2'],
    ['emails.value eq "AB"', 'u.email_keys @> array[$2::text]'],
    ['emails eq "AB"', 'u.email_keys @> array[$2::text]'],
    ['emails[value eq "AB"]', 'u.email_keys @> array[$2::text]'],
    ['emails[type eq "work" and value eq "AB"]', 'u.email_keys @> array[$4::text] and'],
    ['userName sw "a_b"', 'u.user_name_key like $2'],
    ['name.familyName eq "x"', 'u.family_name_key = $2'],
    ['meta.lastModified gt "2024-01-01T00:00:00Z"', 'u.updated_at > $2::timestamptz'],
    ['groups.value eq "2819c223-7f76-453a-919d-413861904646"', 'u.id in (with recursive'],
  ])('%s', (text, condition) => {
    const { filter } = resolveFilter(parseFilter(text), definitions.User)
    expect(filterToSql(filter, userFilterTarget({ team: '$1', baseUrl: BASE }), 2).sql).toContain(condition)
  })
})

test('a beginning that the planner is not to see is written as a range', () => {
  const { filter } = resolveFilter(parseFilter('userName sw "a_\ud7ff"'), definitions.User)
  const { sql, params } = filterToSql(filter, userFilterTarget({ team: '$1', baseUrl: BASE }), 2, {
    hidden: true,
  })
  expect(sql).toBe(
    '(u.user_name_key collate "C" >= (select $2::text) and u.user_name_key collate "C" < (select $3::text))',
  )
  expect(params).toEqual(['a_\ud7ff', 'a_\ue000'])
  expect(following('a\u{10ffff}')).toBe('b')
  expect(following('\u{10ffff}')).toBeUndefined()
  expect(following('')).toBeUndefined()
})

describe('sorting', () => {
  const keysOf = async (sortBy: string, order: string) => {
    const sort = sortToSql(
      sortBy,
      order,
      definitions.User,
      userFilterTarget({ team: '$1', baseUrl: BASE }),
      2,
    )
    const { rows } = await pool().query<{ key: unknown }>(
      `select ${sort.expression} as key from directory_user u where u.team_id = $1 order by ${sortedBy(sort, 'u')}`,
      [TEAM, ...sort.params],
    )
    return rows.map((row) => row.key)
  }

  test.each([
    ...['id', 'userName', 'title', 'active', 'name.familyName', 'emails', 'emails.type', 'photos.value'],
    ...[
      'meta.created',
      'meta.location',
      `${HR}:grade`,
      `${HR}:ratio`,
      `${HR}:tags`,
      `${HR}:remote`,
      `${ENTERPRISE}:manager`,
    ],
  ])('by %s puts users without a value last, and first when descending', async (sortBy) => {
    const ascending = await keysOf(sortBy, 'ascending')
    expect(ascending).toHaveLength(users.length)
    const firstNull = ascending.indexOf(null)
    if (firstNull !== -1) expect(ascending.slice(firstNull).every((key) => key === null)).toBe(true)
    const descending = await keysOf(sortBy, 'Descending')
    expect(descending.filter((key) => key === null)).toHaveLength(
      ascending.filter((key) => key === null).length,
    )
    expect(
      descending
        .slice(
          0,
          descending.findIndex((key) => key !== null),
        )
        .every((key) => key === null),
    ).toBe(true)
  })

  test('by emails takes the primary value, otherwise the first', async () => {
    const expected = users.map(({ resource }) => {
      const emails = (resource.emails ?? []) as { value?: string; primary?: boolean }[]
      const value = (emails.find((one) => one.primary === true) ?? emails[0])?.value
      return value === undefined ? null : caseKey(value)
    })
    expect((await keysOf('emails', 'ascending')).sort()).toEqual(expected.sort())
  })

  /** A text by its first 256 characters, without case unless it has some; the primary element, otherwise the first. */
  const keyOf = (resource: JsonObject, steps: readonly string[], form: 'folded' | 'exact' | 'typed') => {
    let value: any = resource
    for (const step of steps) {
      if (Array.isArray(value)) value = value.find((one) => one.primary === true) ?? value[0]
      value = value?.[step]
    }
    if (Array.isArray(value)) value = value[0]
    if (form === 'typed') return value ?? null
    if (value === undefined || form === 'exact') return value ?? null
    return steps[0] === 'userName' ? userNameKey(value) : caseKey(value)
  }
  const compareKeys = (a: unknown, b: unknown): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
    return Number(a) - Number(b)
  }

  test.each([
    ['userName', ['userName'], 'folded'],
    ['id', ['id'], 'exact'],
    ['externalId', ['externalId'], 'exact'],
    ['displayName', ['displayName'], 'folded'],
    ['title', ['title'], 'folded'],
    ['active', ['active'], 'typed'],
    ['name.familyName', ['name', 'familyName'], 'folded'],
    ['name.formatted', ['name', 'formatted'], 'folded'],
    ['emails', ['emails', 'value'], 'folded'],
    ['emails.type', ['emails', 'type'], 'folded'],
    ['photos.type', ['photos', 'type'], 'folded'],
    ['meta.created', ['meta', 'created'], 'exact'],
    [`${ENTERPRISE}:department`, [ENTERPRISE, 'department'], 'folded'],
    [`${ENTERPRISE}:manager.displayName`, [ENTERPRISE, 'manager', 'displayName'], 'folded'],
  ] as const)(
    'by %s is the order in memory, equal keys in the order of arrival',
    async (sortBy, steps, form) => {
      for (const descending of [false, true]) {
        const sort = sortToSql(
          sortBy,
          descending ? 'descending' : 'ascending',
          definitions.User,
          userFilterTarget({ team: '$1', baseUrl: BASE }),
          2,
        )
        const { rows } = await pool().query<{ id: string }>(
          `select u.id from directory_user u where u.team_id = $1 order by ${sortedBy(sort, 'u')}`,
          [TEAM, ...sort.params],
        )
        const expected = users
          .map(({ id, resource }, arrival) => ({ id, arrival, key: keyOf(resource, steps, form) }))
          .sort((a, b) => (descending ? -1 : 1) * compareKeys(a.key, b.key) || a.arrival - b.arrival)
        expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
      }
    },
  )

  test.each(['nosuch', 'name', 'groups.value', 'password', 'a b', ''])('by %j is refused', (sortBy) => {
    const target = userFilterTarget({ team: '$1', baseUrl: BASE })
    expect(() => sortToSql(sortBy, undefined, definitions.User, target, 2)).toThrow(ScimError)
  })
})
