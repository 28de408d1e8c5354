import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { authenticate } from '#lib/connections/authenticate'
import { authenticateClient } from '#lib/connections/authenticate-client'
import { findClient } from '#lib/connections/find-client'
import { pool } from '#lib/db/pool'
import { testDatabase } from '#tests/database'

vi.setConfig({ testTimeout: 120_000 })
const { url } = await testDatabase()

type Ran = { code: number; stdout: string; stderr: string }

/** The command line as an operator runs it: a process of its own, on this test's database unless told otherwise. */
async function muster(args: string[], stdin = '', env: Record<string, string> = {}): Promise<Ran> {
  const { DATABASE_URL: _, ...clean } = process.env
  const child = spawn(process.execPath, ['cli/main.ts', ...args], {
    env: { ...clean, DATABASE_URL: url, PUBLIC_URL: 'https://muster.example', ...env },
  })
  const gather = async (stream: NodeJS.ReadableStream) => {
    let text = ''
    for await (const chunk of stream) text += chunk
    return text
  }
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const [stdout, stderr, [code]] = await Promise.all([
    gather(child.stdout),
    gather(child.stderr),
    once(child, 'exit'),
  ])
  return { code: code as number, stdout, stderr }
}

async function json<T = Record<string, unknown>>(...args: Parameters<typeof muster>): Promise<T> {
  const ran = await muster([...args[0], '--json'], args[1], args[2])
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return JSON.parse(ran.stdout) as T
}

test('a team, its owner, a client and a service user, whose token opens SCIM until it is expired', async () => {
  expect(await json(['team', 'create', '--name', 'Acme Ltd', '--slug', 'acme'])).toMatchObject({
    slug: 'acme',
    url: 'https://muster.example/acme',
  })
  const member = [
    'member',
    'create',
    '--team',
    'acme',
    '--email',
    'Dana@Example.com',
    '--role',
    'owner',
    '--password-stdin',
  ]
  expect(await json(member, 'correct battery horse staple\n')).toMatchObject({ created: true, role: 'owner' })
  expect(await json(member)).toMatchObject({ created: false })

  const client = await json([
    'client',
    'create',
    '--name',
    'Okta',
    '--redirect-uri',
    'https://a.example/cb',
    '--redirect-uri',
    'https://b.example/cb',
  ])
  expect(Object.keys(client)).toEqual(['clientId', 'clientSecret'])
  const uris = await pool().query('SELECT uri FROM client_redirect_uri ORDER BY uri')
  expect(uris.rows.map((row) => row.uri)).toEqual(['https://a.example/cb', 'https://b.example/cb'])

  const made = await json<{ scimBaseUrl: string; token: string }>([
    'service-user',
    'create',
    '--team',
    'acme',
    '--name',
    'hr-sync',
  ])
  expect(Object.keys(made)).toEqual(['scimBaseUrl', 'token'])
  expect(made.scimBaseUrl).toBe('https://muster.example/scim/v2')
  const check = () => authenticate(`Bearer ${made.token}`, Date.now())
  const { rows } = await pool().query(`SELECT id FROM service_user WHERE name = 'hr-sync'`)
  expect(await check()).toMatchObject({ caller: { serviceUserId: rows[0]?.id } })

  const expire = ['service-user', 'expire', '--team', 'acme', '--name', 'hr-sync']
  expect(await json([...expire, '--kind', 'access'])).toMatchObject({ expiredTokens: 0 })
  expect(await json(expire)).toMatchObject({ expiredTokens: 1 })
  expect(await check()).toMatchObject({ refusal: { reason: 'expired' } })
  const list = await json<Record<string, unknown>[]>(['service-user', 'list'])
  expect(list).toMatchObject([{ team: 'acme', name: 'hr-sync', createdBy: 'operator', liveTokens: 0 }])
  expect((await muster(['service-user', 'list', '--team', 'acme'])).stdout).toMatch(
    /acme\s+hr-sync\s+expired/,
  )
  expect(await json(['status'])).toMatchObject({
    teams: 1,
    members: 1,
    clients: 1,
    serviceUsers: 1,
    pendingMigrations: 0,
  })
})

test('what is refused says why: code 1 for the domain, 2 for wrong use, and nothing on standard output', async () => {
  const refusals: [string[], number, RegExp][] = [
    [['service-user', 'create', '--team', 'nobody', '--name', 'x'], 1, /There is no team "nobody"/],
    [['client', 'create', '--name', 'Okta', '--redirect-uri', 'http://evil.example/cb'], 1, /redirect/i],
    [['team', 'create', '--name', 'Other', '--slug', 'No Slug'], 1, /address/],
    [['team', 'create'], 2, /--name is missing/],
    [['client', 'create', '--name', 'Okta'], 2, /--redirect-uri is missing/],
    [['team', 'create', '--name', 'x', '--nmae', 'y'], 2, /Unknown option '--nmae'/],
    [['team', 'create', 'x', '--name', 'y'], 2, /There is no command "team create x"/],
    [['team', 'create', '--name', 'y', 'x'], 2, /Unexpected argument 'x'/],
    [
      [
        'member',
        'create',
        '--team',
        'acme',
        '--email',
        'e@example.com',
        '--role',
        'king',
        '--password-stdin',
      ],
      2,
      /--role is one of/,
    ],
    [
      ['member', 'create', '--team', 'acme', '--email', 'e@example.com', '--role', 'owner'],
      2,
      /--password-stdin/,
    ],
    [
      ['service-user', 'create', '--team', 'acme', '--name', 'x', '--expires-in-days', 'soon'],
      2,
      /whole number/,
    ],
    [['teams'], 2, /There is no command "teams"/],
    [[], 2, /Say which command/],
  ]
  for (const [args, code, words] of refusals) {
    const ran = await muster(args)
    expect({ args, code: ran.code, stdout: ran.stdout }).toEqual({ args, code, stdout: '' })
    expect(ran.stderr).toMatch(words)
  }
  const weak = [
    'member',
    'create',
    '--team',
    'acme',
    '--email',
    'e@example.com',
    '--role',
    'owner',
    '--password-stdin',
  ]
  expect(await muster([...weak, '--json'], 'short')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('"error":"invalid"'),
  })
})

test('a schema of the team’s own is registered from a file or standard input, listed and removed', async () => {
  await json(['team', 'create', '--name', 'Schemas', '--slug', 'schemas'])
  const team = ['--team', 'schemas']
  const urn = 'urn:example:scim:schemas:extension:hr:1.0:User'
  const add = ['schema', 'add', ...team, '--file']
  expect((await muster(['schema', 'list', ...team])).stdout).toContain('no extension schemas')
  expect(await json([...add, '-'], JSON.stringify({ id: urn, attributes: [{ name: 'badge' }] }))).toEqual({
    urn,
  })
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'muster-schema-')), 'hr.json')
  writeFileSync(
    file,
    JSON.stringify({ id: urn, name: 'HR', attributes: [{ name: 'badge' }, { name: 'desk' }] }),
  )
  expect(await json([...add, file])).toEqual({ urn })
  expect(await json(['schema', 'list', ...team])).toEqual([
    { urn, name: 'HR', attributes: ['badge', 'desk'] },
  ])
  expect(await muster([...add, '-'], '{')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not JSON'),
  })
  expect(await muster([...add, '/nowhere.json'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--file cannot be read'),
  })
  expect(await json(['schema', 'remove', ...team, '--urn', urn])).toEqual({ removed: urn })
  expect(await muster(['schema', 'remove', ...team, '--urn', urn])).toMatchObject({ code: 1 })
})

test('every command has a help', async () => {
  const { commands } = await import('./commands.ts')
  const overall = (await muster(['--help'])).stdout
  for (const [name, { options }] of Object.entries(commands)) {
    const help = await muster([...name.split(' '), '--help'], '', {
      DATABASE_URL: 'postgres://nowhere.invalid/x',
    })
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const option of Object.keys(options)) expect(help.stdout).toContain(`--${option}`)
    expect(overall).toContain(name)
  }
})

test('a database that cannot be reached is said in words', async () => {
  const ran = await muster(['status'], '', { DATABASE_URL: 'postgres://127.0.0.1:1/x' })
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toMatch(/^✗ The database cannot be reached: .*Check DATABASE_URL\.\n$/)
})

test('without a running server, commands bring the embedded database up, two at once take turns, and none is left over', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'muster-cli-'))
  const env = { DATABASE_URL: '', MUSTER_DATA_DIR: path.join(dataDir, 'fresh') }
  try {
    expect(await json(['status'], '', env)).toMatchObject({ installed: false })
    const teams = await Promise.all(
      ['one', 'two'].map((slug) => json(['team', 'create', '--name', slug, '--slug', slug], '', env)),
    )
    expect(teams.map((team) => team.slug)).toEqual(['one', 'two'])
    expect(await json(['status'], '', env)).toMatchObject({ installed: true, running: false, teams: 2 })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('a leaked client secret is replaced: the new one works at once, the old one no more; a locked-out owner gets a link', async () => {
  await json(['team', 'create', '--name', 'Rescue', '--slug', 'rescue'])
  const email = ['--email', 'rhea@example.com']
  await json(
    ['member', 'create', '--team', 'rescue', ...email, '--role', 'owner', '--password-stdin'],
    'correct battery horse staple\n',
  )
  const client = await json<{ clientId: string; clientSecret: string }>([
    'client',
    'create',
    '--name',
    'Leaky',
    '--redirect-uri',
    'https://a.example/cb',
  ])
  const rotated = await json<{ clientSecret: string }>([
    'client',
    'rotate-secret',
    '--client-id',
    client.clientId,
    '--old-ends-in-hours',
    '0',
  ])
  const found = await findClient(client.clientId)
  const proves = (secret: string) => () =>
    authenticateClient(
      found,
      { clientId: client.clientId, secret, method: 'client_secret_basic' },
      Date.now(),
    )
  expect(proves(rotated.clientSecret)()).toMatchObject({ name: 'Leaky' })
  expect(proves(client.clientSecret)).toThrow(/expired/)
  const clients = await json<{ clientId: string; liveSecrets: number }[]>(['client', 'list'])
  expect(clients.find(({ clientId }) => clientId === client.clientId)).toMatchObject({
    team: null,
    liveSecrets: 1,
  })

  const demoted = ['member', 'create', '--team', 'rescue', ...email, '--role', 'reviewer', '--password-stdin']
  expect(await muster(demoted)).toMatchObject({ code: 1, stderr: expect.stringContaining('needs an owner') })
  const link = await json<{ url: string }>(['member', 'recover', ...email, '--drop-second-factor'])
  expect(link.url).toMatch(/^https:\/\/muster\.example\/recover\/[\w-]{32}$/)
  expect(await json(['member', 'list', '--team', 'rescue'])).toMatchObject([
    { role: 'owner', twoStep: false },
  ])
})
