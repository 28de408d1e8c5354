import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '#tests/database'
import { pool, prepared } from './pool.ts'

await testDatabase()

let client: pg.PoolClient
beforeAll(async () => {
  client = await pool().connect()
})
afterAll(() => client.release())

const SAMPLE = `SELECT n, 'row ' || n AS word, timestamptz '2026-01-02T03:04:05Z' AS at, '{"a": 1}'::jsonb AS document,
  n::bigint AS big, NULL::text AS nothing FROM generate_series(1, $1::int) AS n`
const sample = (rows: number, on: pg.ClientBase | pg.Pool = client) => prepared(on, 'sample', SAMPLE, [rows])

test('every execution gives the same rows, values and columns as pg’s own query', async () => {
  const expected = await client.query({ name: 'sample-of-pg', text: SAMPLE, values: [2] })
  for (let execution = 0; execution < 3; execution++) {
    const { rows, fields, rowCount, command } = await sample(2)
    expect({ rows, rowCount, command }).toEqual({ rows: expected.rows, rowCount: 2, command: 'SELECT' })
    expect(fields.map((field) => field.name)).toEqual(expected.fields.map((field) => field.name))
  }
  expect((await sample(0)).rows).toEqual([])
  expect((await sample(1, pool())).rows).toEqual(expected.rows.slice(0, 1))
})

test('the columns are asked for at the first execution only, and by no other connection', async () => {
  const describe = vi.spyOn(
    pg.Connection.prototype as never as { describe(message: object): void },
    'describe',
  )
  for (let execution = 0; execution < 3; execution++)
    await prepared(client, 'asked', 'SELECT $1::int AS n', [1])
  expect(describe).toHaveBeenCalledTimes(1)
  describe.mockRestore()
})

test('a statement that fails, or gets a value that cannot be sent, leaves its connection and itself as they were', async () => {
  const divide = (by: unknown) => prepared(client, 'divide', 'SELECT 6 / $1::int AS n', [by])
  expect((await divide(2)).rows).toEqual([{ n: 3 }])
  await expect(divide(0)).rejects.toMatchObject({ code: '22012' })
  expect((await divide(3)).rows).toEqual([{ n: 2 }])
  const circle: Record<string, unknown> = {}
  circle.itself = circle
  await expect(divide(circle)).rejects.toThrow(/circular/)
  expect((await divide(6)).rows).toEqual([{ n: 1 }])
})

test('an error tells who asked', async () => {
  const asks = async () => await prepared(client, 'wrong', 'SELECT * FROM no_such_table', [])
  const cause = await asks().catch((error: Error) => error)
  expect((cause as Error).stack).toMatch(/asks/)
})

test('another text under the same name is refused', async () => {
  await sample(1)
  await expect(prepared(client, 'sample', 'SELECT 1', [])).rejects.toThrow(/must be unique/)
})
