import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

// A first start writes a whole cluster to disk; on a machine that is busy otherwise this takes its time.
vi.setConfig({ testTimeout: 60_000 })

import { processStartedAt } from '#lib/platform/process-identity'

type Answer = { databaseUrl: string; pid: number; created: boolean; error?: string }

let dataDir: string
const running = new Set<ChildProcess>()
beforeAll(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-embedded-'))
})
afterEach(async () => {
  for (const child of running) await stop(child, 'SIGTERM')
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Runs tests/hold-postgres.ts in a process of its own, as `npm start` would. */
async function hold(): Promise<{ child: ChildProcess; answer: Answer }> {
  const child = spawn(process.execPath, ['tests/hold-postgres.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  while (!output.includes('\n'))
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'close')])
  const answer = JSON.parse(output) as Answer
  if (answer.error) running.delete(child)
  return { child, answer }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function query(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function gone(pid: number): Promise<void> {
  await expect.poll(() => processStartedAt(pid), { timeout: 15_000, interval: 20 }).toBeNull()
}

test('the first start makes the cluster with full durability, for this machine only, its secrets readable by the owner only', async () => {
  const { answer } = await hold()
  expect(answer.created).toBe(true)
  expect(new URL(answer.databaseUrl).hostname).toBe('127.0.0.1')
  const settings = await query(
    answer.databaseUrl,
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'jit', 'unix_socket_directories') ORDER BY name`,
  )
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    jit: 'off',
    listen_addresses: '127.0.0.1',
    synchronous_commit: 'on',
    unix_socket_directories: '',
  })
  for (const file of ['postgres.json', 'runtime.json'])
    expect(statSync(path.join(dataDir, file)).mode & 0o077).toBe(0)
  const wrong = new URL(answer.databaseUrl)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
})

test('SIGTERM stops PostgreSQL and leaves no lock; the next start is on the same port with the same data', async () => {
  const first = await hold()
  await query(first.answer.databaseUrl, 'CREATE TABLE kept AS SELECT 1 AS n')
  await stop(first.child, 'SIGTERM')
  await gone(first.answer.pid)
  expect(existsSync(path.join(dataDir, 'muster.lock'))).toBe(false)
  expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  const second = await hold()
  expect(second.answer.created).toBe(false)
  expect(second.answer.databaseUrl).toBe(first.answer.databaseUrl)
  expect(await query(second.answer.databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
})

test('a second start on the same folder says who has it', async () => {
  const first = await hold()
  const second = await hold()
  expect(second.answer.error).toContain(`process ${first.child.pid}`)
  expect(second.answer.error).toContain('http://localhost:4259')
  await query(first.answer.databaseUrl, 'SELECT 1')
})

test('kill -9 of the parent: PostgreSQL stops by itself, and the next start has every committed row', async () => {
  const first = await hold()
  await query(first.answer.databaseUrl, 'CREATE TABLE committed AS SELECT generate_series(1, 1000) AS n')
  await stop(first.child, 'SIGKILL')
  await gone(first.answer.pid)
  const second = await hold()
  expect(await query(second.answer.databaseUrl, 'SELECT count(*)::int AS n FROM committed')).toEqual([
    { n: 1000 },
  ])
})

test('kill -9 of the parent and a start at once: the orphan is stopped, not fought with', async () => {
  const first = await hold()
  const client = new pg.Client({ connectionString: first.answer.databaseUrl })
  client.on('error', () => {})
  await client.connect()
  await stop(first.child, 'SIGKILL')
  const second = await hold()
  expect(second.answer.error).toBeUndefined()
  expect(second.answer.pid).not.toBe(first.answer.pid)
  await gone(first.answer.pid)
  await client.end().catch(() => {})
})

test('kill -9 of the parent and of PostgreSQL, in the middle of writes: nothing committed is lost, nothing blocks the start', async () => {
  const first = await hold()
  const client = new pg.Client({ connectionString: first.answer.databaseUrl })
  client.on('error', () => {})
  await client.connect()
  await client.query('CREATE TABLE counted (n int)')
  let committed = 0
  const writing = (async () => {
    for (;;) {
      await client.query('INSERT INTO counted VALUES ($1)', [committed + 1])
      committed++
    }
  })().catch(() => {})
  await expect.poll(() => committed, { interval: 5 }).toBeGreaterThan(50)
  process.kill(first.answer.pid, 'SIGKILL')
  await stop(first.child, 'SIGKILL')
  await writing
  const second = await hold()
  expect(second.answer.error).toBeUndefined()
  const [row] = await query(second.answer.databaseUrl, 'SELECT count(*)::int AS n FROM counted')
  // The last insert may have been committed without its answer having arrived.
  expect([committed, committed + 1]).toContain(row?.n)
})

test('locks left behind whose process id now is somebody else stop nothing', async () => {
  const first = await hold()
  await stop(first.child, 'SIGTERM')
  const lines = [
    String(process.pid),
    path.join(dataDir, 'postgres'),
    '1',
    '5432',
    '',
    '127.0.0.1',
    '',
    'ready',
  ]
  writeFileSync(path.join(dataDir, 'postgres/postmaster.pid'), `${lines.join('\n')}\n`)
  const owner = { pid: process.pid, startedAt: 'another time', purpose: 'Muster', url: null }
  writeFileSync(path.join(dataDir, 'muster.lock'), JSON.stringify(owner))
  const second = await hold()
  expect(second.answer.error).toBeUndefined()
})

test('an unreadable lock stops nothing', async () => {
  writeFileSync(path.join(dataDir, 'muster.lock'), '')
  expect((await hold()).answer.error).toBeUndefined()
})

test('stopped in a process that has nothing else to do, it is waited for to the end', async () => {
  // PostgreSQL ends while this process is kept from hearing of it, so that nothing but its end is left to wait for.
  const script = `
    import { startEmbeddedPostgres } from '#lib/db/embedded-postgres'
    import { processStartedAt } from '#lib/platform/process-identity'
    const server = await startEmbeddedPostgres({ dataDir: process.argv[1] })
    process.kill(server.pid, 'SIGINT')
    const nobody = new Int32Array(new SharedArrayBuffer(4))
    for (let tries = 0; tries < 500 && processStartedAt(server.pid); tries++) Atomics.wait(nobody, 0, 0, 20)
    await server.stop()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], { stdio: 'inherit' })
  running.add(child)
  // Node ends with 13 when nothing is left to do and the module still waits.
  expect(await once(child, 'close')).toEqual([0, null])
})

test('when its port was taken meanwhile, PostgreSQL moves and remembers', async () => {
  const first = await hold()
  await stop(first.child, 'SIGTERM')
  const squatter: Server = createServer().listen(Number(new URL(first.answer.databaseUrl).port), '127.0.0.1')
  await once(squatter, 'listening')
  const second = await hold()
  squatter.close()
  expect(second.answer.error).toBeUndefined()
  const port = Number(new URL(second.answer.databaseUrl).port)
  expect(port).not.toBe(Number(new URL(first.answer.databaseUrl).port))
  expect(JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8')).port).toBe(port)
})

test('a first start that was interrupted is repeated from the beginning', async () => {
  const fresh = mkdtempSync(path.join(os.tmpdir(), 'muster-embedded-'))
  const kept = dataDir
  dataDir = fresh
  try {
    const child = spawn(process.execPath, ['tests/hold-postgres.ts', fresh], { stdio: 'ignore' })
    await expect
      .poll(() => readdirSync(fresh).some((name) => name.startsWith('postgres.new')), {
        timeout: 10_000,
        interval: 5,
      })
      .toBe(true)
    await stop(child, 'SIGKILL')
    const { child: second, answer } = await hold()
    expect(answer).toMatchObject({ created: true })
    await stop(second, 'SIGTERM')
  } finally {
    dataDir = kept
    rmSync(fresh, { recursive: true, force: true })
  }
})
