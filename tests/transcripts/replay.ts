import { valueAt } from '#lib/self-test/okta-suite'
import { difference } from './difference.ts'
import type { Request, Step, Transcript } from './transcript.ts'
import { fill, type Variables } from './variables.ts'

export type Server = { origin: string; variables: Variables }

/** Sends one step of a transcript over HTTP and holds what comes back against it. Throws with what is different. */
export async function replayStep(transcript: Transcript, step: Step, server: Server): Promise<void> {
  const { times = 1, together = false } = step
  const one = (n: number) => replayOnce(transcript, step, server, n)
  if (together) await Promise.all(Array.from({ length: times }, (_, n) => one(n)))
  else for (let n = 0; n < times; n++) await one(n)
}

async function replayOnce(transcript: Transcript, step: Step, server: Server, n: number): Promise<void> {
  const variables: Variables = new Map(server.variables).set('n', String(n))
  const request = fill(step.request, variables) as Request
  const { status, headers, body } = fill(step.response, variables) as Step['response']
  const response = await send(transcript, request, server, variables)
  const text = await response.text()
  if (response.status !== status)
    throw new Error(`${step.note}: expected ${status}, got ${response.status} ${text.slice(0, 600)}`)
  for (const [name, value] of Object.entries(headers ?? {}))
    if (!response.headers.get(name)?.includes(value))
      throw new Error(`${step.note}: ${name} is “${response.headers.get(name)}”, not “${value}”`)
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  const problem = body === undefined ? undefined : difference(body, answer)
  if (problem) throw new Error(`${step.note}: ${problem}`)
  for (const [name, property] of Object.entries(fill(step.keep ?? {}, variables) as object)) {
    const value = valueAt(answer, property)
    if (value === undefined) throw new Error(`${step.note}: there is no ${property} in ${text.slice(0, 600)}`)
    server.variables.set(name, value)
  }
}

function send(
  transcript: Transcript,
  request: Request,
  server: Server,
  variables: Variables,
): Promise<Response> {
  const { method, path, form, body } = request
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...transcript.headers, ...request.headers }))
    if (value !== '') headers[name] = String(fill(value, variables))
  const sent = form
    ? new URLSearchParams(form).toString()
    : body === undefined
      ? undefined
      : JSON.stringify(body)
  if (form) headers['content-type'] = 'application/x-www-form-urlencoded'
  // Clients name the type of a body only when they send one.
  else if (sent === undefined) delete headers['content-type']
  const base = path.startsWith('/oauth/') ? server.origin : `${server.origin}/scim/v2`
  return fetch(base + path, { method, headers, ...(sent === undefined ? {} : { body: sent }) })
}
