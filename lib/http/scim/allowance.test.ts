import { expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'
import { type ScimClient, scimClient } from '#tests/scim-client'

const LIMIT = 5
process.env.SCIM_REQUESTS_PER_SECOND = String(LIMIT)
await testDatabase()

/** The statuses of forty look-ups at once by a caller whom the process knows, which take more than one second's allowance. */
async function lookUps(client: ScimClient): Promise<Set<number>> {
  const one = () => client.call('GET', '/Users?filter=userName eq "ana@example.com"')
  const replies = await Promise.all(Array.from({ length: 8 * LIMIT }, one))
  return new Set(replies.map(({ status }) => status))
}

test('a known caller has the allowance of their connection, and no more', async () => {
  const acme = await scimClient()
  await acme.call('GET', '/Me')
  expect(await lookUps(acme)).toEqual(new Set([200, 429]))
})

test('whose token has ended is told so, never how much the connection may ask', async () => {
  const acme = await scimClient()
  await acme.call('GET', '/Me')
  await pool().query('UPDATE token SET revoked_at = now() WHERE team_id = $1', [acme.teamId])
  expect(await lookUps(acme)).toEqual(new Set([401]))
})
