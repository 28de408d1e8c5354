// `npm test`: every check, from a fresh clone on. A step that fails does not keep the others from running; the end
// names what failed and what failed at first, and the last line counts them all.
// `npm test -- --only lint,unused,types,unit,build,browser` runs some of them.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findOrInstallBrowser } from './browser.mjs'
import { environment, node, prepare, root } from './prepare.mjs'
import { readBrowserReport, readUnitReport } from './test-reports.mjs'

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',')
const scratch = mkdtempSync(path.join(os.tmpdir(), 'muster-check-'))
const at = (...parts) => path.join(root, ...parts)

const checks = {
  lint: () => one('lint', [at('node_modules/@biomejs/biome/bin/biome'), 'check', '.']),
  // Files, exports and packages that nothing uses.
  unused: () => one('unused', [at('node_modules/knip/bin/knip.js'), '--no-progress']),
  async types() {
    // What Next knows of the routes, which the types of pages build on.
    await say([at('node_modules/next/dist/bin/next'), 'typegen'])
    return await one('types', [at('node_modules/typescript/bin/tsc'), '--noEmit'])
  },
  async unit() {
    const all = await vitest()
    if (!all.files.length) return all
    // On a machine taken by others a test can miss a moment. What fails twice, the second time with nothing beside it, is
    // a fault; what passed then is listed as flaky.
    console.log('\nOnce more, by themselves:')
    const again = await vitest(...all.files, '--maxWorkers=1')
    const flaky = all.failed.filter((name) => !again.failed.includes(name))
    return { passed: all.passed + flaky.length, failed: again.failed, flaky }
  },
  build: () => one('build', [at('scripts/build.mjs')]),
  async browser() {
    const PLAYWRIGHT_CHROMIUM = await findOrInstallBrowser()
    const report = path.join(scratch, 'browser.json')
    const code = await say([at('node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'], {
      PLAYWRIGHT_CHROMIUM,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    })
    return orItself('browser', code, readBrowserReport(report))
  },
}

for (const name of only ?? [])
  if (!checks[name]) {
    console.error(`There is no check "${name}": ${Object.keys(checks).join(', ')}.`)
    process.exit(2)
  }

await prepare({ build: false })
const total = { passed: 0, failed: [], flaky: [] }
for (const [name, check] of Object.entries(checks)) {
  if (only && !only.includes(name)) continue
  const started = performance.now()
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`)
  const { passed, failed, flaky } = await check().catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: [name], flaky: [] }
  })
  total.passed += passed
  total.failed.push(...failed)
  total.flaky.push(...flaky)
  console.log(`${failed.length ? '✗' : '✓'} ${name} ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
rmSync(scratch, { recursive: true, force: true })
console.log('')
for (const name of total.flaky) console.log(`flaky   ${name}`)
for (const name of total.failed) console.log(`failed  ${name}`)
console.log(`${total.passed} passed, ${total.failed.length} failed`)
process.exitCode = total.failed.length ? 1 : 0

/** A check that is one command: passed or failed as a whole. */
async function one(name, args) {
  const code = await say(args)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? [] : [name], flaky: [] }
}

/** The unit and HTTP tests, or those of the files in `args`. */
async function vitest(...args) {
  const report = path.join(scratch, `unit-${performance.now()}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await say([at('node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args])
  return orItself('unit', code, readUnitReport(report, root))
}

/** A command that fails without naming a failed test has failed itself. */
function orItself(name, code, result) {
  return code === 0 || result.failed.length ? result : { ...result, failed: [name] }
}

function say(args, extra = {}) {
  const { DATABASE_URL: _, MUSTER_DATA_DIR: __, ...clean } = environment()
  const child = spawn(node, args, { cwd: root, env: { ...clean, ...extra }, stdio: 'inherit' })
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (code) => resolve(code ?? 1)))
}
