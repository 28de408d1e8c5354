import { reachServer } from '#lib/self-test/reach-server'
import { runSelfTest } from '#lib/self-test/run-self-test'
import type { SelfTestOutcome, StepResult } from '#lib/self-test/self-test-types'
import { SUITES } from '#lib/self-test/suites'
import { command } from '../command.ts'

export const selftest = command({
  summary: "Runs Okta's SPEC, CRUD and entitlements tests against the running Muster",
  options: {
    url: {
      type: 'string',
      value: 'URL',
      help: 'the address of the Muster that works on this database; its PUBLIC_URL when left out',
    },
  },
  notes: `The tests run in a team of their own, which is removed again; no other team is touched. Exit code 1 when a required
step fails. --json answers every step with its checks, requests and responses.`,
  async run({ url }) {
    const { scimBaseUrl, note } = url
      ? { scimBaseUrl: `${url.replace(/\/+$/, '')}/scim/v2`, note: undefined }
      : await reachServer()
    const steps: StepResult[] = []
    const outcome = await runSelfTest(scimBaseUrl, async (step) => {
      steps.push(step)
      if (process.stderr.isTTY) process.stderr.write(`\r${steps.length} steps…`)
    })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    return {
      json: { outcome, scimBaseUrl, ...(note && { note }), steps },
      text: textOf(outcome, scimBaseUrl, note, steps),
      failed: outcome !== 'passed',
    }
  },
})

function textOf(
  outcome: SelfTestOutcome,
  scimBaseUrl: string,
  note: string | undefined,
  steps: readonly StepResult[],
): string {
  const parts = SUITES.map(({ key, title }) => {
    const lines = steps.filter((step) => step.suite === key).map(lineOf)
    return `${title}\n${lines.join('\n')}`
  })
  const passed = steps.filter((step) => step.passed).length
  const sum = `${outcome === 'passed' ? '✓' : '✗'} ${passed} of ${steps.length} steps passed, against ${scimBaseUrl}`
  return [...parts, ...(note ? [note] : []), sum].join('\n\n')
}

function lineOf(step: StepResult): string {
  const line = `  ${step.passed ? '✓' : step.required ? '✗' : '!'} ${step.title} (${step.milliseconds} ms)`
  const failed = step.checks.filter((check) => !check.passed)
  const why = failed.map((check) => `      ${check.text}: found ${check.found ?? 'nothing'}`)
  const sent =
    failed.length === 0 ? [] : step.exchanges.map((one) => `      ${one.method} ${one.url}: ${one.status}`)
  return [line, ...why, ...sent].join('\n')
}
