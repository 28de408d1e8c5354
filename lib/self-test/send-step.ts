import { redactJson } from '#lib/activity/redact'
import { fill, type OktaStep, type Variables } from './okta-suite.ts'
import type { StepExchange } from './self-test-types.ts'

const TIMEOUT_MILLISECONDS = 20_000
const KEPT_CHARACTERS = 8_000

export type Send = (url: string, init: RequestInit) => Promise<Response>

/** Sends the request of a step. No answer at all is status 0, with the reason as its body. */
export async function sendStep(
  step: OktaStep,
  variables: Readonly<Variables>,
  send: Send,
): Promise<StepExchange & { text: string }> {
  const method = step.method ?? 'GET'
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(step.headers ?? {}))
    if (value !== undefined)
      headers[name] = fill(typeof value === 'string' ? value : (value[0] ?? ''), variables)
  const url = fill(step.url ?? '', variables)
    .replaceAll(' ', '%20')
    .replaceAll('"', '%22')
  const text = fill(step.body || step.data || '', variables)
  const body = method === 'GET' || text === '' ? undefined : text
  const began = performance.now()
  const { status, text: answer } = await answerOf(
    send(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    }),
  )
  return {
    by: 'test',
    method,
    url,
    requestHeaders: withoutSecrets(headers),
    requestBody: kept(body ?? ''),
    status,
    responseBody: kept(answer),
    milliseconds: Math.round(performance.now() - began),
    text: answer,
  }
}

async function answerOf(sent: Promise<Response>): Promise<{ status: number; text: string }> {
  try {
    const response = await sent
    return { status: response.status, text: await response.text() }
  } catch (error) {
    return { status: 0, text: reasonOf(error) }
  }
}

/** Why there was no answer: `fetch` hides it in the cause. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: Error & { code?: string } }
  return cause?.message || cause?.code || message
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /^authorization$/i.test(name) ? value.replace(/^(\w+) .+$/, '$1 [redacted]') : value,
    ]),
  )
}

function kept(text: string): string {
  const shown = text === '' ? '' : redactJson(text)
  return shown.length > KEPT_CHARACTERS ? `${shown.slice(0, KEPT_CHARACTERS)}…` : shown
}
