// What the test runners report, as `{ passed, failed, flaky, files }`: a count, the names of the tests that failed, of
// those that passed the second time only, and the files that hold a failed one.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Of Vitest's JSON. A file that cannot be loaded has no tests to fail: it counts as one. */
export function readUnitReport(file, root) {
  const { testResults = [], numPassedTests = 0 } = read(file)
  const failed = []
  const files = new Set()
  for (const { name, status, assertionResults } of testResults) {
    const where = path.relative(root, name)
    const names = assertionResults.filter((one) => one.status === 'failed').map((one) => one.fullName)
    if (status === 'failed' && !names.length) names.push('cannot be run')
    for (const one of names) failed.push(`${where}: ${one}`)
    if (names.length) files.add(where)
  }
  return { passed: numPassedTests, failed, flaky: [], files: [...files] }
}

/** Of Playwright's JSON, where each test was given its second try already. */
export function readBrowserReport(file) {
  const { suites = [], errors = [] } = read(file)
  const result = { passed: 0, failed: errors.map(({ message }) => message ?? 'an error'), flaky: [] }
  const walk = ({ suites: inner = [], specs = [] }, above) => {
    for (const spec of specs)
      for (const { status } of spec.tests) {
        const name = `${spec.file}: ${[...above, spec.title].join(' › ')}`
        if (status === 'unexpected') result.failed.push(name)
        else if (status !== 'skipped') result.passed++
        if (status === 'flaky') result.flaky.push(name)
      }
    for (const suite of inner) walk(suite, [...above, suite.title])
  }
  for (const suite of suites) walk(suite, [])
  return result
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
