import type { SelfTestMessage, SelfTestStep, SelfTestSuite } from '#components/connection/self-test-types'
import type { SelfTestRun } from '#lib/self-test/self-test-runs'
import type { StepExchange, StepResult } from '#lib/self-test/self-test-types'
import { plannedSteps, SUITES } from '#lib/self-test/suites'

/** The suites with what is known of each step; only the open one carries its requests. */
export function suitesShown(run: SelfTestRun | undefined, open: string, path: string): SelfTestSuite[] {
  const running = run !== undefined && run.outcome === null
  const results = new Map(run?.steps.map((step) => [keyOf(step), step]))
  const done = results.size
  let position = 0
  return SUITES.map((suite) => ({
    key: suite.key,
    title: suite.title,
    description: suite.description,
    steps: plannedSteps(suite).map(({ title }, at) => {
      const key = `${suite.key}-${at + 1}`
      const result = results.get(key)
      const current = running && position++ === done
      return result ? stepShown(key, result, key === open, path) : notYet(key, title, current)
    }),
  }))
}

function notYet(key: string, title: string, running: boolean): SelfTestStep {
  return { key, title, state: running ? 'running' : 'waiting', open: false, checks: [], messages: [] }
}

function stepShown(key: string, result: StepResult, open: boolean, path: string): SelfTestStep {
  return {
    key,
    title: result.title,
    state: result.passed ? 'passed' : result.required ? 'failed' : 'warned',
    milliseconds: result.milliseconds,
    href: open ? path : `${path}?step=${key}`,
    open,
    checks: open ? result.checks : [],
    messages: open ? result.exchanges.map(messageShown) : [],
  }
}

function messageShown({ by, requestHeaders, ...rest }: StepExchange, at: number): SelfTestMessage {
  return {
    ...rest,
    key: String(at),
    by: by === 'okta' ? 'Okta' : 'the test',
    headers: Object.entries(requestHeaders).map(([name, value]) => ({ name, value })),
  }
}

function keyOf(step: StepResult): string {
  return `${step.suite}-${step.number}`
}
