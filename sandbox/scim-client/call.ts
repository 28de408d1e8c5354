import { STATUS_CODES } from 'node:http'

/** The two ways in which Okta writes: catalog apps PATCH, private apps always GET then PUT. */
export type Dialect = 'oin' | 'aiw'

export type ScimRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the SCIM base URL, with its query string, already percent-encoded. */
  path: string
  body?: unknown
}

export type ScimResponse = { status: number; body: unknown }

/** Sends one SCIM request and gives the parsed answer; throws {@link ScimCallError} for anything but 2xx. */
export type ScimCall = (request: ScimRequest) => Promise<ScimResponse>

export type HttpReply = { status: number; headers: Record<string, string>; text: string }

/** A SCIM request that failed, in the two halves of which Okta builds its texts. */
export class ScimCallError extends Error {
  /** 0 when no answer came at all. */
  readonly status: number
  readonly reason: string
  /** What the remote server said: `detail` of its error, or why its answer could not be read. */
  readonly remote: string
  readonly retryAfter: string | undefined

  constructor(status: number, reason: string, remote: string, retryAfter?: string) {
    super(remote === '' ? reason : `${reason}. Errors reported by remote server: ${remote}`)
    this.name = 'ScimCallError'
    this.status = status
    this.reason = reason
    this.remote = remote
    this.retryAfter = retryAfter
  }
}

/** An operation of several requests failed at one of them; the message begins with what was being done. */
export class OperationError extends Error {
  readonly call: ScimCallError | undefined

  constructor(message: string, call?: ScimCallError) {
    super(message, { cause: call })
    this.name = 'OperationError'
    this.call = call
  }
}

/** Names the step in Okta's words: "Error while creating user X: Conflict. Errors reported by …". */
export async function during<T>(doing: string, step: Promise<T>, separator = ': '): Promise<T> {
  try {
    return await step
  } catch (error) {
    if (error instanceof ScimCallError) {
      throw new OperationError(`Error while ${doing}${separator}${error.message}`, error)
    }
    throw error
  }
}

/** Reads an HTTP reply as Okta reads it: 2xx with JSON or nothing, otherwise an error with its `detail`. */
export function readReply(reply: HttpReply): ScimResponse {
  const ok = reply.status >= 200 && reply.status < 300
  const reason = STATUS_CODES[reply.status] ?? `HTTP ${reply.status}`
  let body: unknown
  if (reply.text.trim() !== '') {
    try {
      body = JSON.parse(reply.text)
    } catch {
      throw new ScimCallError(
        reply.status,
        reason,
        `Invalid JSON: ${describeBadJson(reply.text)}`,
        reply.headers['retry-after'],
      )
    }
  }
  if (ok) return { status: reply.status, body }
  throw new ScimCallError(reply.status, reason, errorText(body), reply.headers['retry-after'])
}

function errorText(body: unknown): string {
  if (!isRecord(body)) return ''
  for (const key of ['detail', 'message', 'error_description', 'error']) {
    const text = body[key]
    if (typeof text === 'string' && text !== '') return text
  }
  return ''
}

/** The wording of the JSON reader behind Okta, as it appears in its task list. */
function describeBadJson(text: string): string {
  const token = /^\s*([A-Za-z]+)/.exec(text)?.[1]
  if (token !== undefined) return `Unrecognized token '${token}' line: 1, column: ${token.length + 1}`
  return `Unexpected character ('${text.trim().charAt(0)}') line: 1, column: 2`
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
