// `npm run bench -- --scale [WORK …]`: what a large directory, many pages and several processes cost. See README.md.
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { Bench, type Finding, type Phase } from '../load/bench.ts'
import { keepRun } from '../report/keep-run.ts'
import { startMuster } from '../targets/muster.ts'
import { scaleTable } from './scale-table.ts'
import { filters } from './tasks/filters.ts'
import { live } from './tasks/live.ts'
import { lookUp } from './tasks/look-up.ts'
import { pages } from './tasks/pages.ts'
import { processes } from './tasks/processes.ts'
import { provision } from './tasks/provision.ts'
import { walk } from './tasks/walk.ts'
import { makeWorld, type World } from './world/make-world.ts'
import { type ServedWorld, serveWorld } from './world/serve-world.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'boolean' },
    world: { type: 'string', default: 'data/bench-world' },
    users: { type: 'string', default: '1000000' },
    port: { type: 'string', default: '4350' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    visible: { type: 'string', default: '5' },
    save: { type: 'boolean', default: false },
  },
})
const port = Number(values.port)
const scale = values.quick ? 0.25 : 1
const wanted = positionals.length > 0 ? positionals : ['provision']
const phases: Phase[] = []
const findings: Finding[] = []

if (wanted.includes('provision')) {
  const target = await startMuster(port)
  const bench = new Bench(target, 16, scale)
  try {
    await provision(bench)
  } finally {
    keep(bench)
    await bench.scim.close()
    await target.stop()
  }
}
if (wanted.includes('processes')) keep(await processes(port, scale))

const inWorld: Record<string, (bench: Bench, served: ServedWorld) => Promise<void>> = {
  walk: (bench, { world }) => walk(bench, world.size.users, values.full),
  filters: (bench, { world }) => filters(bench, world, values.only),
  pages: (bench, { url, world }) => pages(bench, url, world, values.only),
  lookup: (bench, { world }) => besideSmall((small, smallWorld) => lookUp(bench, world, small, smallWorld)),
  live: async (bench, { url, world, target }) =>
    live(bench, url, world, await someUsers(target.databaseUrl, world), Number(values.visible), values.only),
}
const works = Object.keys(inWorld).filter((name) => wanted.includes(name))
if (works.length > 0) {
  const dataDir = path.resolve(values.world)
  await makeWorld(dataDir, Number(values.users))
  const served = await serveWorld(dataDir, port)
  const bench = new Bench(served.target, 16, scale)
  try {
    for (const name of works) await inWorld[name]?.(bench, served)
  } finally {
    keep(bench)
    await bench.scim.close()
    await served.stop()
  }
}
const failed = findings.some(({ ok }) => !ok) || phases.some(({ errors }) => errors > 0)
console.log(JSON.stringify({ phases, findings }, null, 1))
if (values.save) keepRun('-scale', scaleTable(phases, findings), { works: wanted, scale, phases, findings })
process.exit(failed ? 1 : 0)

function keep(bench: { phases: Phase[]; findings: Finding[] }): void {
  phases.push(...bench.phases)
  findings.push(...bench.findings)
}

/** With a world of a thousand users, made beside the large one, that is served at the same time. */
async function besideSmall(work: (bench: Bench, world: World) => Promise<void>): Promise<void> {
  const dataDir = `${path.resolve(values.world)}-of-1000`
  await makeWorld(dataDir, 1_000)
  const served = await serveWorld(dataDir, port + 1)
  const bench = new Bench(served.target, 16, scale)
  try {
    await work(bench, served.world)
  } finally {
    keep(bench)
    await bench.scim.close()
    await served.stop()
  }
}

async function someUsers(databaseUrl: string, { teamId }: World): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM directory_user WHERE team_id = $1 AND managed_by IS NOT NULL ORDER BY seq DESC LIMIT 2000',
    [teamId],
  )
  await client.end()
  return rows.map((row) => row.id)
}
