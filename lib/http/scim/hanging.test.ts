import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { LOCK_TIMEOUT_MS, pool, STATEMENT_TIMEOUT_MS } from '#lib/db/pool'
import { inLongTransaction, inTransaction } from '#lib/db/transaction'
import { testDatabase } from '#tests/database'
import { scimClient } from '#tests/scim-client'

const SHORT_MS = 150
const database = await testDatabase()

const show = async (on: pg.ClientBase, name: string) => (await on.query(`SHOW ${name}`)).rows[0][name]

test('statements are timed, longer than any write of a client takes, but not those of long work of the house', async () => {
  expect(STATEMENT_TIMEOUT_MS).toBeGreaterThanOrEqual(30_000)
  expect(LOCK_TIMEOUT_MS).toBeLessThan(STATEMENT_TIMEOUT_MS)
  const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
  const shown = async (tx: pg.ClientBase) => {
    const values: string[] = []
    for (const name of names) values.push(await show(tx, name))
    return values
  }
  expect(await inTransaction(shown)).toEqual(['1min', '30s', '1min'])
  expect(await inLongTransaction(shown)).toEqual(['0', '0', '1min'])
  expect(await inTransaction(shown)).toEqual(['1min', '30s', '1min'])
})

test.each(['lock_timeout', 'statement_timeout'])(
  'a change that hangs behind a lock (%s) is a 503 that changes nothing, and holds no connection',
  async (name) => {
    const client = await scimClient()
    const { json } = await client.call('POST', '/Users', { userName: `hangs-${name}@example.com` })
    const { options } = pool() as unknown as { options: pg.PoolConfig }
    const asShipped = options.onConnect
    options.onConnect = async (connection) => {
      await asShipped?.(connection)
      await connection.query(`SET ${name} = ${SHORT_MS}`)
    }
    // Whoever is idle was made before: all that come now are of the short kind.
    const idle = await Promise.all(Array.from({ length: pool().totalCount }, () => pool().connect()))
    for (const connection of idle) connection.release(true)
    const other = new pg.Client({ connectionString: database.url })
    await other.connect()
    try {
      await other.query('BEGIN')
      await other.query('SELECT 1 FROM directory_user WHERE id = $1 FOR UPDATE', [json.id])
      const change = { Operations: [{ op: 'replace', path: 'title', value: 'Changed' }] }
      const refused = await client.call('PATCH', `/Users/${json.id}`, change)
      expect(refused.status).toBe(503)
      expect(refused.headers.get('retry-after')).toBe('5')
      expect(refused.json.detail).toContain('Nothing was changed')
      await other.query('ROLLBACK')
      expect((await client.call('GET', `/Users/${json.id}`)).json.title).toBeUndefined()
      expect((await client.call('PATCH', `/Users/${json.id}`, change)).json.title).toBe('Changed')
      expect(pool().waitingCount).toBe(0)
      // But for the records of these requests, which are written afterwards.
      await vi.waitFor(() => expect(pool().idleCount).toBe(pool().totalCount))
    } finally {
      options.onConnect = asShipped
      await other.end()
    }
  },
)
