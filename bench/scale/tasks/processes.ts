import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import { Bench, type Finding, type Phase } from '../../load/bench.ts'
import { Scim } from '../../load/scim.ts'
import { firstAnswer, spawnServer, stopServer } from '../../targets/spawn-server.ts'

const COUNTS = [1, 2, 4]
const CONCURRENCY = 32
/** A fifth of a core for each process: milliseconds of a turn, and until the next. Two cores hold four of them, PostgreSQL and the load. */
const SHARE = [4, 20]

/**
 * One PostgreSQL, and one, two and four Muster processes on it that share nothing else: what each number of them provisions,
 * with all cores for each of them, and with a fifth of one, as if each had a machine of its own.
 */
export async function processes(
  port: number,
  scale: number,
): Promise<{ phases: Phase[]; findings: Finding[] }> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-processes-'))
  const database = await startEmbeddedPostgres({ dataDir, maxConnections: 200 })
  const env = {
    HOST: '127.0.0.1',
    DATABASE_URL: database.databaseUrl,
    MUSTER_SECRET: randomBytes(32).toString('hex'),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SCIM_REQUESTS_PER_SECOND: '0',
    LOG_LEVEL: 'warn',
  }
  const result = { phases: [] as Phase[], findings: [] as Finding[] }
  let token: string | undefined
  try {
    for (const count of COUNTS) {
      const children = []
      for (let n = 0; n < count; n++) {
        const probe = path.join(dataDir, `probe-${n}.sock`)
        rmSync(probe, { force: true })
        const child = spawnServer('server.mjs', { ...env, PORT: String(port + n), BENCH_PROBE: probe })
        const ready = once(child, 'message')
        await firstAnswer(child, `http://127.0.0.1:${port + n}/scim/v2`)
        await ready
        children.push(child)
      }
      token ??= makeToken(env)
      const target = {
        name: 'muster' as const,
        baseUrl: `http://127.0.0.1:${port}/scim/v2`,
        token,
        serverPid: children[0]?.pid as number,
        postmasterPid: Number(
          readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
        ),
        databaseUrl: database.databaseUrl,
        probePath: '',
      }
      const bench = new Bench(target, CONCURRENCY, scale)
      const doors = children.map(
        (_, n) => new Scim(`http://127.0.0.1:${port + n}/scim/v2`, token as string, CONCURRENCY),
      )
      const work = async (n: number) => {
        const scim = doors[n % doors.length] as Scim
        const userName = `${bench.unique(`p${count}.${n}`)}@corp.example`
        await scim.must([200], 'GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
        await scim.must([201], 'POST', '/Users', {
          userName,
          active: true,
          emails: [{ value: userName, type: 'work' }],
        })
      }
      // Each process compiles its own code.
      await bench.phase(`warming up ${count}`, CONCURRENCY, bench.count(2_000 * count), work)
      const name = `provision, ${count} ${count === 1 ? 'process' : 'processes'}`
      result.phases.push(await bench.phase(name, CONCURRENCY, bench.count(8_000), (n) => work(n + 1_000_000)))
      const holding = holdBack(children)
      result.phases.push(
        await bench.phase(`${name}, a fifth of a core each`, CONCURRENCY, bench.count(2_000 * count), (n) =>
          work(n + 2_000_000),
        ),
      )
      holding.kill()
      await once(holding, 'exit')
      await Promise.all([bench.scim.close(), ...doors.map((door) => door.close())])
      await Promise.all(children.map(stopServer))
    }
  } finally {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  return result
}

function holdBack(children: readonly ChildProcess[]): ChildProcess {
  const file = path.join(import.meta.dirname, 'share-of-time.mjs')
  const pids = children.map(({ pid }) => String(pid))
  return spawn(process.execPath, [file, ...SHARE.map(String), ...pids], { stdio: 'inherit' })
}

function makeToken(env: Record<string, string>): string {
  const command = (...args: string[]) => {
    const done = spawnSync(process.execPath, ['cli/main.ts', ...args, '--json'], {
      cwd: path.resolve(import.meta.dirname, '../../..'),
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
    if (done.status !== 0) throw new Error(`muster ${args.join(' ')}: ${done.stderr}`)
    return JSON.parse(done.stdout)
  }
  command('team', 'create', '--name', 'Bench', '--slug', 'bench')
  return command('service-user', 'create', '--team', 'bench', '--name', 'load').token
}
