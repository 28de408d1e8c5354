import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { environment, node, root } from './prepare.mjs'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A Chromium for whoever drives one: the one named, the system's or Playwright's own. */
export function findBrowser() {
  const named = process.env.PLAYWRIGHT_CHROMIUM
  if (named && !existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, which is not there.`)
  return named || SYSTEM.find((file) => existsSync(file)) || playwrights()
}

/** The same for the browser tests; where there is none it is installed now. */
export async function findOrInstallBrowser() {
  const there = findBrowser()
  if (there) return there
  console.log('… Installing a browser (once)')
  // Debian's comes with the libraries it needs, which Playwright's expects to find.
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const apt = (...args) => run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' })
    const install = () => apt('install', '-y', '-q', '--no-install-recommends', 'chromium')
    if (!install()) apt('update', '-q') && install()
  }
  if (!findBrowser())
    run(node, [path.join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'])
  const installed = findBrowser()
  if (installed) return installed
  throw new Error('No browser could be installed. Install Chromium, or name one with PLAYWRIGHT_CHROMIUM.')
}

function playwrights() {
  try {
    const ask = `process.stdout.write(require('playwright-core').chromium.executablePath())`
    const file = execFileSync(node, ['-e', ask], { cwd: root, encoding: 'utf8' })
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

function run(command, args, extra = {}) {
  return (
    spawnSync(command, args, { cwd: root, env: { ...environment(), ...extra }, stdio: 'inherit' }).status ===
    0
  )
}
