import pg from 'pg'
import type { Bench } from '../../load/bench.ts'
import type { World } from '../world/make-world.ts'

const ROUNDS = 5
const TIMES = 1_000
const WITHIN = 1.2

/**
 * The same look-up by userName in a large directory and in a small one, one at a time, in turn: the middle of the rounds'
 * 95th percentiles is to be within 1.2 times. People are asked for in a first, unmeasured round, so that no disk is measured.
 */
export async function lookUp(
  large: Bench,
  largeWorld: World,
  small: Bench,
  smallWorld: World,
): Promise<void> {
  const sides = [
    { bench: small, world: smallWorld, names: await people(small, smallWorld), p95: [] as number[] },
    { bench: large, world: largeWorld, names: await people(large, largeWorld), p95: [] as number[] },
  ]
  for (let round = 0; round <= ROUNDS; round++)
    for (const { bench, world, names, p95 } of sides) {
      const about = `look a user up among ${world.size.users}${round === 0 ? ', first' : ''}`
      const phase = await bench.phase(about, 1, large.count(TIMES), (n) =>
        find(bench, names[n % names.length]),
      )
      if (round > 0) p95.push(phase.p95)
    }
  const [few = 1, many = 0] = sides.map(({ p95 }) => p95.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)])
  const times = Number((many / few).toFixed(2))
  large.note(
    `a look-up among ${largeWorld.size.users} within ${WITHIN} × of one among ${smallWorld.size.users}`,
    times <= WITHIN,
    {
      p95: [few, many],
      times,
    },
  )
}

async function find({ scim }: Bench, userName = ''): Promise<void> {
  const { json } = await scim.must(
    [200],
    'GET',
    `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
  )
  if (json.totalResults !== 1 || json.Resources[0].userName !== userName)
    throw new Error('another user was found')
}

async function people({ target }: Bench, { teamId, size }: World): Promise<string[]> {
  const client = new pg.Client({ connectionString: target.databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ user_name: string }>(
    `SELECT user_name FROM directory_user TABLESAMPLE bernoulli (${Math.min(100, 120_000 / size.users)}) WHERE team_id = $1 ORDER BY md5(user_name) LIMIT 1000`,
    [teamId],
  )
  await client.end()
  return rows.map((row) => row.user_name)
}
