import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import { pool } from './pool.ts'
import { type ColumnType, RowType } from './row-type.ts'

await testDatabase()

const COLUMNS: [string, ColumnType][] = [
  ['u', 'uuid'],
  ['t', 'text'],
  ['i', 'int4'],
  ['b', 'bool'],
  ['j', 'jsonb'],
  ['at', 'timestamptz'],
  ['ts', 'text[]'],
]
const SAMPLES = new RowType('sample', COLUMNS)
const makeType = () =>
  pool().query(`CREATE TYPE sample AS (${COLUMNS.map(([name, type]) => `${name} ${type}`)})`)
beforeAll(async () => void (await makeType()))

/** What PostgreSQL makes of the rows, in their order. */
async function received(rows: unknown[][]): Promise<unknown[][]> {
  const columns = 's.u, s.t, s.i, s.b, s.j::text AS j, s.at, s.ts'
  const text = `SELECT ${columns} FROM ${SAMPLES.from('$1', 's')}`
  const { rows: found } = await pool().query({
    text,
    values: [await SAMPLES.parameter(rows)],
    rowMode: 'array',
  })
  return found as unknown as unknown[][]
}

const text = fc.string({ unit: 'binary', maxLength: 300 }).map((each) => each.replaceAll('\0', ''))
const time = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
const orNull = (each: fc.Arbitrary<unknown>) => fc.option(each, { nil: null })
const row = fc.tuple(
  orNull(fc.uuid()),
  orNull(text),
  orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  orNull(fc.boolean()),
  orNull(fc.jsonValue().map((value) => JSON.stringify(value).replaceAll('\\u0000', ''))),
  orNull(time),
  orNull(fc.array(text, { maxLength: 4 })),
)

test('rows arrive as they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const found = await received(rows)
      expect(found.length).toBe(rows.length)
      for (const [i, sent] of rows.entries()) {
        const [u, t, n, b, j, at, ts] = found[i] as [string, string, number, boolean, string, Date, string[]]
        expect([u, t, n, b, at, ts]).toEqual([sent[0], sent[1], sent[2], sent[3], sent[5], sent[6]])
        const { rows: same } = await pool().query('SELECT $1::jsonb IS NOT DISTINCT FROM $2::jsonb AS same', [
          j,
          sent[4],
        ])
        expect(same).toEqual([{ same: true }])
      }
    }),
    { numRuns: 60 },
  )
})

test('times come as ISO text too, and texts may be longer than was expected of all rows', async () => {
  const long = 'ø'.repeat(100_000)
  const rows = [
    [null, long, null, null, null, '1999-12-31T23:59:59.999Z', []],
    [null, 'x', null, null, null, '2026-12-01T10:00:00.001Z', ['', '"{}\\']],
  ]
  const found = await received(rows)
  expect(found[0]).toEqual([null, long, null, null, null, new Date('1999-12-31T23:59:59.999Z'), []])
  expect(found[1]).toEqual([null, 'x', null, null, null, new Date('2026-12-01T10:00:00.001Z'), ['', '"{}\\']])
  expect(await received([])).toEqual([])
})

test.each([
  ['a uuid', ['nonsense']],
  ['a uuid', ['zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz']],
  ['a number', [null, null, 2 ** 31]],
  ['a number', [null, null, Number.NaN]],
  ['a time', [null, null, null, null, null, 'yesterday']],
])('what is not %s is refused before anything is sent', async (_what, values) => {
  await expect(SAMPLES.parameter([values])).rejects.toThrow(RangeError)
})

test('a type that was made anew is known by its new number as soon as a connection is', async () => {
  await received([[null, 'before', null, null, null, null, null]])
  await pool().query('DROP TYPE sample')
  await makeType()
  const held = await Promise.all(Array.from({ length: pool().totalCount + 1 }, () => pool().connect()))
  for (const each of held) each.release()
  expect(await received([[null, 'after', null, null, null, null, null]])).toEqual([
    [null, 'after', null, null, null, null, null],
  ])
})
