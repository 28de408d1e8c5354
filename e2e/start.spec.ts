import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { startMuster, tryToStart } from './support/server.ts'

test('a fresh installation answers SCIM and pages, prints its set-up link, and stops without a trace', async ({
  page,
}) => {
  const muster = await startMuster()
  try {
    expect((await page.goto(muster.url))?.status()).toBeLessThan(400)
    const scim = await page.request.get(`${muster.url}/scim/v2/Users`)
    expect(scim.status()).toBe(401)
    expect(scim.headers()['content-type']).toContain('application/scim+json')
    expect(muster.setupUrl).toContain(`${muster.url}/setup?token=`)
    expect(muster.output()).toContain(muster.setupUrl)
    const status = await muster.command(['status', '--json'])
    expect(JSON.parse(status.stdout)).toMatchObject({ running: true, url: muster.url, pendingMigrations: 0 })
    expect(await muster.end('SIGTERM')).toBe(0)
    expect(muster.output()).toContain('Stopped')
    for (const file of ['muster.lock', 'runtime.json', 'postgres/postmaster.pid'])
      expect(existsSync(path.join(muster.dataDir, file))).toBe(false)
  } finally {
    await muster.stop()
  }
})

test('a second start on the same data folder says who has it, and exits', async () => {
  const muster = await startMuster()
  try {
    const second = await tryToStart({ MUSTER_DATA_DIR: muster.dataDir })
    expect(second.code).toBe(1)
    expect(second.output).toContain(`process ${muster.pid}`)
    expect(second.output).toContain(muster.url)
    expect((await fetch(`${muster.url}/scim/v2`)).status).toBe(401)
  } finally {
    await muster.stop()
  }
})

test('after kill -9 the next start serves again, with the same data and the same secret, in under five seconds', async () => {
  const first = await startMuster()
  let second: Awaited<ReturnType<typeof startMuster>> | undefined
  try {
    await first.command(['team', 'create', '--name', 'Acme', '--slug', 'acme'])
    const secret = readFileSync(path.join(first.dataDir, 'secret'), 'utf8')
    await first.end('SIGKILL')
    const began = performance.now()
    second = await startMuster({ env: { MUSTER_DATA_DIR: first.dataDir } })
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(JSON.parse((await second.command(['status', '--json'])).stdout)).toMatchObject({ teams: 1 })
    expect(readFileSync(path.join(first.dataDir, 'secret'), 'utf8')).toBe(secret)
  } finally {
    await second?.stop()
    await first.stop()
  }
})

test('a configuration that cannot work is refused with everything that is wrong, before anything is made', async () => {
  const dataDir = path.join(import.meta.dirname, '../test-results/never-made')
  const { code, output } = await tryToStart({
    MUSTER_DATA_DIR: dataDir,
    PORT: 'eighty',
    PUBLIC_URL: 'muster.example',
    DATABASE_URL: 'mysql://db/muster',
    OIDC_ISSUER: 'https://idp.example',
  })
  expect(code).toBe(1)
  for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'OIDC_CLIENT_ID']) expect(output).toContain(name)
  expect(output).not.toMatch(/\n\s+at /)
  expect(existsSync(dataDir)).toBe(false)
})

test('a port that is taken is said in words, and no PostgreSQL is left running', async () => {
  const squatter = createServer()
  const port = await new Promise<number>((resolve) => {
    squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port))
  })
  try {
    const { code, output, dataDir } = await tryToStart({ PORT: String(port) })
    expect(code).toBe(1)
    expect(output).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`)
    expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  } finally {
    squatter.close()
  }
})
