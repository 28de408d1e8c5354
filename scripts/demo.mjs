// `npm run demo`: Muster and the Okta sandbox side by side, with everything but the clicks done. Kept in data/demo, so
// that a second start goes on where the first one ended; delete that folder to begin again.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment, node, prepare, root } from './prepare.mjs'

await prepare({ build: true })

const dataDir = path.resolve(root, process.env.MUSTER_DATA_DIR || 'data/demo')
const sandboxPort = process.env.SANDBOX_PORT || '4400'
const sandboxUrl = process.env.SANDBOX_URL || `http://localhost:${sandboxPort}`
const env = {
  ...environment(),
  NODE_ENV: 'production',
  LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  MUSTER_DATA_DIR: dataDir,
  SANDBOX_PORT: sandboxPort,
  SANDBOX_STATE: path.join(dataDir, 'sandbox.json'),
}
mkdirSync(dataDir, { recursive: true, mode: 0o711 })

const children = []
let stopping = false
async function stop(code) {
  if (stopping) return
  stopping = true
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  await Promise.all(
    running.map((child) => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return gone
    }),
  )
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))

function start(args, options) {
  // Each in a group of its own, so that Ctrl-C reaches this process alone, which stops them in order.
  const child = spawn(node, args, { cwd: root, env, detached: process.platform !== 'win32', ...options })
  children.push(child)
  child.once('exit', (code) => stop(code ?? 1))
  return child
}

const muster = start(['server.mjs'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
const { url } = await new Promise((resolve) => muster.once('message', resolve))
console.log(`✓ Muster serves at ${url}`)

start(['sandbox/main.ts', '--seed', 'small'], { stdio: ['ignore', 'ignore', 'inherit'] })
const org = await reachable(`${sandboxUrl}/api/state`)
console.log(
  `✓ The Okta sandbox serves at ${sandboxUrl} (${org.people.length} people, ${org.groups.length} groups)`,
)

const file = path.join(dataDir, 'demo.json')
const demo = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const keep = (more) =>
  writeFileSync(file, `${JSON.stringify(Object.assign(demo, more), null, 2)}\n`, { mode: 0o600 })

if (!demo.team) {
  const team = await command(['team', 'create', '--name', 'Acme', '--slug', 'acme'])
  keep({ team: team.slug, email: 'dana@acme-sandbox.example', password: passphrase() })
}
if (!demo.member) {
  const whom = ['--email', demo.email, '--name', 'Dana Demo', '--role', 'owner']
  await command(['member', 'create', '--team', demo.team, ...whom, '--password-stdin'], demo.password)
  keep({ member: true })
  console.log(`✓ Made the team Acme and its owner, ${demo.email}`)
}
let app = org.apps.find(({ id }) => id === demo.appId)
if (!app) {
  app = await api('POST', '/api/apps', { label: 'Muster', name: 'muster', dialect: 'oin' })
  const client = await command([
    'client',
    'create',
    '--name',
    'Okta sandbox',
    '--redirect-uri',
    app.redirectUri,
  ])
  await api('PUT', `/api/apps/${app.id}/integration`, {
    enabled: false,
    actions: {
      importUsers: true,
      importGroups: true,
      pushNewUsers: true,
      pushProfileUpdates: true,
      pushGroups: true,
    },
    mode: 'oauth2',
    baseUrl: `${url}/scim/v2`,
    authorizationEndpoint: `${url}/oauth/authorize`,
    tokenEndpoint: `${url}/oauth/token`,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
  })
  keep({ appId: app.id })
  console.log('✓ Registered the sandbox in Muster, and Muster in the sandbox')
}

const appUrl = `${sandboxUrl}/admin/app/${app.name}/instance/${app.id}/provisioning`
console.log(`
  Muster         ${url}
                 sign in as  ${demo.email}
                 password    ${demo.password}
  Okta sandbox   ${sandboxUrl}   (no sign-in; it listens on this machine only)

Next: open ${appUrl}
      choose "Configure API Integration", tick "Enable API integration", press "Authenticate with Muster",
      sign in, approve, and "Save". Then choose what goes "To App", assign people and groups, and push groups;
      watch Muster's pages follow.

Ctrl-C stops both.
`)

/** Muster's own command line, on the Muster that runs. */
async function command(args, input = '') {
  const child = spawn(node, ['cli/main.ts', ...args, '--json'], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stdin.end(input)
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) await stop(1)
  return JSON.parse(output)
}

async function api(method, target, body) {
  const answer = await fetch(sandboxUrl + target, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const json = await answer.json()
  if (!answer.ok) throw new Error(`The sandbox refuses ${method} ${target}: ${json.error}`)
  return json
}

async function reachable(target) {
  for (;;) {
    const answer = await fetch(target).catch(() => null)
    if (answer?.ok) return answer.json()
    await delay(50)
  }
}

/** Four words of three syllables: to be typed once or twice, on this machine. */
function passphrase() {
  const syllable = () => 'bdfgklmnprstvz'[randomInt(14)] + 'aeiou'[randomInt(5)]
  const word = () => Array.from({ length: 3 }, syllable).join('')
  return Array.from({ length: 4 }, word).join('-')
}
