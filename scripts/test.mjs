// `npm test`: every check, from a fresh clone on. A step that fails does not keep the others from running; the last
// line counts them all. `npm test -- --only lint,unused,types,unit,build,browser` runs some of them.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findOrInstallBrowser } from './browser.mjs'
import { environment, node, prepare, root } from './prepare.mjs'

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',')
const scratch = mkdtempSync(path.join(os.tmpdir(), 'muster-check-'))
const tally = { passed: 0, failed: 0 }
const at = (...parts) => path.join(root, ...parts)

const checks = {
  lint: () => one([at('node_modules/@biomejs/biome/bin/biome'), 'check', '.']),
  // Files, exports and packages that nothing uses.
  unused: () => one([at('node_modules/knip/bin/knip.js'), '--no-progress']),
  async types() {
    // What Next knows of the routes, which the types of pages build on.
    await say([at('node_modules/next/dist/bin/next'), 'typegen'])
    await one([at('node_modules/typescript/bin/tsc'), '--noEmit'])
  },
  async unit() {
    const report = path.join(scratch, 'unit.json')
    const code = await say([
      at('node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = read(report)
    // A file that cannot be loaded has no tests to fail.
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
    )
    count(code, numPassedTests, numFailedTests + broken.length)
  },
  build: () => one([at('scripts/build.mjs')]),
  async browser() {
    const PLAYWRIGHT_CHROMIUM = await findOrInstallBrowser()
    const report = path.join(scratch, 'browser.json')
    const code = await say([at('node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'], {
      PLAYWRIGHT_CHROMIUM,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    })
    const { stats = {}, errors = [] } = read(report)
    count(code, (stats.expected ?? 0) + (stats.flaky ?? 0), (stats.unexpected ?? 0) + errors.length)
  },
}

for (const name of only ?? [])
  if (!checks[name]) {
    console.error(`There is no check "${name}": ${Object.keys(checks).join(', ')}.`)
    process.exit(2)
  }

await prepare({ build: false })
for (const [name, check] of Object.entries(checks)) {
  if (only && !only.includes(name)) continue
  const started = performance.now()
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`)
  const before = tally.failed
  await check().catch((error) => {
    console.error(error.message)
    tally.failed++
  })
  const verdict = tally.failed === before ? '✓' : '✗'
  console.log(`${verdict} ${name} ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exitCode = tally.failed ? 1 : 0

/** A check that is one command: passed or failed as a whole. */
async function one(args) {
  const code = await say(args)
  count(code, code === 0 ? 1 : 0, 0)
}

/** A command that fails without naming a failed test has failed at least once itself. */
function count(code, passed, failed) {
  tally.passed += passed
  tally.failed += failed || (code === 0 ? 0 : 1)
}

function say(args, extra = {}) {
  const { DATABASE_URL: _, MUSTER_DATA_DIR: __, ...clean } = environment()
  const child = spawn(node, args, { cwd: root, env: { ...clean, ...extra }, stdio: 'inherit' })
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (code) => resolve(code ?? 1)))
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
}
