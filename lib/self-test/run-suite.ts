import { randomUUID } from 'node:crypto'
import { checkAnswer } from './check-answer.ts'
import type { OktaOrg } from './okta-org.ts'
import { type OktaStep, type Variables, valueAt } from './okta-suite.ts'
import type { Check, StepResult } from './self-test-types.ts'
import { type Send, sendStep } from './send-step.ts'
import { requestSteps, type Suite, titleOf } from './suites.ts'

export type Target = {
  /** E.g. `https://muster.example.com/scim/v2`. */
  scimBaseUrl: string
  token: string
  org: OktaOrg
}

/** Runs one of Okta's suites step by step against a SCIM server; each result is handed on as soon as it is there. */
export async function runSuite(
  suite: Suite,
  target: Target,
  onStep: (result: StepResult) => Promise<void>,
): Promise<void> {
  const variables = variablesOf(target)
  for (const [at, step] of requestSteps(suite).entries()) {
    const result = await runStep(step, target, variables)
    await onStep({ suite: suite.key, number: at + 1, ...result })
  }
}

async function runStep(
  step: OktaStep,
  { org }: Target,
  variables: Variables,
): Promise<Omit<StepResult, 'suite' | 'number'>> {
  const began = performance.now()
  const toOkta = step.url?.startsWith('{{oktaOrgUrl}}') ?? false
  const send: Send = toOkta ? org.send : fetch
  const { text, ...exchange } = await sendStep(step, variables, send)
  const json = parsed(text)
  for (const { name, property } of step.variables ?? [])
    if (name !== null) variables[name] = String(valueAt(json, property))
  const { status, milliseconds } = exchange
  const checks: Check[] =
    status === 0
      ? [{ text: 'The server answers', passed: false, found: exchange.responseBody }]
      : (step.assertions ?? []).map((one) => checkAnswer(one, { status, milliseconds, json }, variables))
  const exchanges = [exchange]
  if (toOkta) {
    const settled = await org.settle()
    exchanges.push(...settled.exchanges)
    const passed = settled.problems.length === 0
    checks.push({
      text: 'Okta pushes it without an error',
      passed,
      ...(passed ? {} : { found: settled.problems.join(' ') }),
    })
  }
  const { title, required } = titleOf(step)
  return {
    title,
    required,
    passed: checks.length > 0 && checks.every((check) => check.passed),
    checks,
    exchanges,
    milliseconds: Math.round(performance.now() - began),
  }
}

/** Addresses that can belong to nobody (RFC 2606), new ones for every suite. */
function variablesOf({ scimBaseUrl, token, org }: Target): Variables {
  const nonce = randomUUID().replaceAll('-', '').slice(0, 12)
  const at = (name: string) => `${name}${nonce}@self-test.invalid`
  return {
    SCIMBaseURL: scimBaseUrl,
    SCIMUrl: scimBaseUrl,
    auth: `Bearer ${token}`,
    SCIMAuth: `Bearer ${token}`,
    EntitlementEndpoint: '/Roles',
    firstEmail: at('first'),
    InvalidUserEmail: at('nobody'),
    UserIdThatDoesNotExist: '010101001010101011001010101011',
    randomEmail: at('runscope'),
    randomUsername: at('Runscope'),
    randomUsernameCaps: at('RUNSCOPE').toUpperCase(),
    randomGivenName: 'Runscope',
    randomFamilyName: 'Jdyaqo',
    oktaOrgUrl: org.url,
    oktaAppId: org.appId,
    oktaToken: 'self-test',
    okta_user_firstname: 'Robin',
    okta_user_firstname_update: 'Robyn',
    okta_user_lastname: 'Tester',
    okta_user_email: at('robin'),
    okta_user_title: 'Tester',
    okta_user_primaryphone: '555-0100',
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
