// A data folder with one large team in it, for measurements: `node bench/scale/world/make-world.ts DIR [USERS]`.
// 1,000,000 users, 10,000 groups, 3,000,000 memberships and 5,000,000 exchanges take some ten minutes and 14 GB.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { createMember } from '#lib/auth/members/create-member'
import { createServiceUser } from '#lib/connections/create-service-user'
import { dataDirectorySecret, lockDataDirectory } from '#lib/db/data-dir'
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import { closePool } from '#lib/db/pool'
import { prisma } from '#lib/db/prisma-client'
import { createTeam } from '#lib/directory/teams/create-team'
import { deployMigrations } from '#prisma/migrate'
import { fillGroups, fillMemberships, fillUsers, type WorldSize } from './fill-directory.ts'
import { fillExchanges } from './fill-exchanges.ts'
import { withoutIndexes } from './secondary-indexes.ts'

/** What a measurement needs to use the folder: `world.json` in it. */
export type World = {
  teamId: string
  slug: string
  token: string
  connectionId: string
  rareConnectionId: string
  email: string
  password: string
  size: WorldSize
}

export function readWorld(dataDir: string): World {
  return JSON.parse(readFileSync(path.join(dataDir, 'world.json'), 'utf8')) as World
}

/** Fills a new data folder; one that has a world already is left as it is. */
export async function makeWorld(dataDir: string, users: number): Promise<World> {
  if (existsSync(path.join(dataDir, 'world.json'))) return readWorld(dataDir)
  const size = { users, groups: Math.ceil(users / 100), memberships: 3 * users, exchanges: 5 * users }
  const lock = lockDataDirectory(dataDir, 'the generator')
  // Nothing in the folder is worth keeping if the machine fails meanwhile, so nothing waits for the disk.
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  process.env.DATABASE_URL = server.databaseUrl
  process.env.MUSTER_SECRET = dataDirectorySecret(dataDir)
  try {
    await deployMigrations(server.databaseUrl)
    const world = await people(size)
    const client = new pg.Client({ connectionString: server.databaseUrl })
    await client.connect()
    try {
      await client.query("SET work_mem = '256MB'")
      await fill(client, world)
    } finally {
      await client.end()
    }
    writeFileSync(path.join(dataDir, 'world.json'), JSON.stringify(world, null, 2), { mode: 0o600 })
    return world
  } finally {
    await closePool()
    await server.stop()
    lock.release()
  }
}

async function people(size: WorldSize): Promise<World & { serviceUserId: string }> {
  const team = await prisma().$transaction((tx) => createTeam(tx, { name: 'Large' }))
  const given = { teamId: team.id, createdBy: 'operator' }
  const okta = await createServiceUser({ ...given, name: 'okta' })
  const rare = await createServiceUser({ ...given, name: 'entra' })
  const [email, password] = ['dana@corp.example', randomBytes(12).toString('base64url')]
  await createMember({ teamSlug: team.slug, email, role: 'owner', password, name: 'Dana' })
  return {
    teamId: team.id,
    slug: team.slug,
    token: okta.token,
    connectionId: okta.connection.id,
    rareConnectionId: rare.connection.id,
    serviceUserId: okta.serviceUser.id,
    email,
    password,
    size,
  }
}

async function fill(client: pg.Client, world: World & { serviceUserId: string }): Promise<void> {
  const context = { ...world, now: Date.now() }
  const { users, groups, memberships, exchanges } = world.size
  const filling = (table: string, work: () => Promise<void>) => () => withoutIndexes(client, table, work)
  await timed(
    `${users} users`,
    filling('directory_user', () => fillUsers(client, context)),
  )
  await timed(
    `${groups} groups`,
    filling('directory_group', () => fillGroups(client, context)),
  )
  await timed(`${memberships} memberships`, () =>
    withoutIndexes(client, 'membership', async () => {
      // Each member is one of the users just made: checking that a million times over tells nothing new.
      await client.query("SET session_replication_role = 'replica'")
      await fillMemberships(client, context)
      await client.query("SET session_replication_role = 'origin'")
    }),
  )
  await timed(`${exchanges} exchanges`, () => fillExchanges(client, context))
  await timed('vacuum and analyze', async () => {
    await client.query('VACUUM (ANALYZE)')
  })
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now()
  await work()
  console.log(`✓ ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

if (process.argv[1] === import.meta.filename) {
  const [dir, users = '1000000'] = process.argv.slice(2)
  if (!dir) throw new Error('Say where: node bench/scale/world/make-world.ts DIR [USERS]')
  await makeWorld(path.resolve(dir), Number(users))
}
