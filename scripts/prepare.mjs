// What stands between a fresh clone and running: dependencies, generated code, the build. Each is done when it is
// missing or what it is made from has changed. Plain JavaScript on node:* only: it runs before anything is installed,
// on whatever Node (20.19 or newer) the machine has.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')
const at = (...parts) => path.join(root, ...parts)
const bin = at('node_modules/.bin')

/** The Node that Muster runs on: the package's own, whatever started this script. */
export const node = at('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

export const environment = () => ({
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  NEXT_TELEMETRY_DISABLED: '1',
})

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`✗ Muster needs Node 20.19 or newer to start, and this is ${process.version}.`)
  process.exit(1)
}

/** What `npm start` gives to node; its cache is another one for other flags. */
const startFlags = () =>
  JSON.parse(readFileSync(at('package.json'), 'utf8'))
    .scripts.start.split(' ')
    .filter((word) => word.startsWith('--'))

/** Installs, generates and builds as far as needed, and says so. @param {{build: boolean, say?: (line: string) => void}} wanted */
export async function prepare({ build, say = console.log }) {
  checkNode()
  const step = stepper(say)
  await step('Packages installed', 'Installing packages (a minute or two, once)', installed, () =>
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      shell: process.platform === 'win32',
    }),
  )
  await step('Database client generated', null, generated, () => run(node, [at('scripts/generate.mjs')]))
  if (build)
    await step('Pages built', 'Building the pages (half a minute, once)', built, async () => {
      const env = { ...environment(), NODE_ENV: 'production' }
      await run(node, [at('node_modules/next/dist/bin/next'), 'build'], { env })
      await run(node, [...startFlags(), at('scripts/fill-cache.mjs')], { env })
    })
}

const installed = {
  stamp: at('node_modules/.muster-lock'),
  hash: () => hash([at('package-lock.json')]),
  /** Installed by hand or by an image: npm's own record of what is there says the same as the lock file. */
  already() {
    const record = at('node_modules/.package-lock.json')
    if (!existsSync(record)) return false
    const have = JSON.parse(readFileSync(record, 'utf8')).packages
    const want = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
    return Object.entries(want).every(
      ([name, { version, optional }]) => name === '' || optional || have[name]?.version === version,
    )
  },
}

const generated = {
  stamp: at('prisma/generated/.muster-schema'),
  hash: () => hash([at('prisma/schema.prisma'), at('package-lock.json')]),
}

const built = {
  stamp: at('.next/BUILD_STAMP'),
  hash: () =>
    hash(
      [
        'app',
        'components',
        'lib',
        'public',
        'proxy.ts',
        'instrumentation.ts',
        'next.config.js',
        'postcss.config.mjs',
        'tsconfig.json',
        'package-lock.json',
        'prisma/schema.prisma',
      ].map((name) => at(name)),
    ),
}

const stepper =
  (say) =>
  async (done, doing, { stamp, hash, already }, work) => {
    const started = performance.now()
    const wanted = hash()
    if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted) return
    if (!already?.()) {
      if (doing) say(`… ${doing}`)
      await work()
      say(`✓ ${done} ${((performance.now() - started) / 1000).toFixed(1)} s`)
    }
    mkdirSync(path.dirname(stamp), { recursive: true })
    writeFileSync(stamp, `${wanted}\n`)
  }

/** One number for the content of files and folders; tests do not count. */
function hash(targets) {
  const digest = createHash('sha256')
  const add = (target) => {
    if (!existsSync(target)) return
    let entries
    try {
      entries = readdirSync(target, { withFileTypes: true })
    } catch {
      digest.update(`${path.relative(root, target)}\0`).update(readFileSync(target))
      return
    }
    for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (!/\.test\.tsx?$/.test(name)) add(path.join(target, name))
  }
  targets.forEach(add)
  return digest.digest('hex')
}

/** Runs a command quietly; what it said is shown when it fails, which ends everything. */
async function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message
      resolve(1)
    })
    child.on('close', resolve)
  })
  if (code === 0) return
  console.error(output.trim().split('\n').slice(-40).join('\n'))
  console.error(
    `\n✗ "${[path.basename(command), ...args.map((arg) => path.relative(root, arg) || arg)].join(' ')}" failed.`,
  )
  process.exit(1)
}
