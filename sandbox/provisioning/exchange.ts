import { logHttp } from '../org/log.ts'
import type { Org } from '../org/org.ts'
import type { App } from '../org/state.ts'
import { type HttpReply, ScimCallError } from '../scim-client/call.ts'
import { type HttpRequest, sendHttp } from '../scim-client/http.ts'
import { takeFault, timedOut } from './faults.ts'
import { redactBody, redactHeaders } from './redact.ts'

/** Sends one request for an app, with the faults of its panel, and leaves it in the System Log. */
export async function exchange(org: Org, app: App, request: HttpRequest): Promise<HttpReply> {
  const started = performance.now()
  const fault = takeFault(org, app)
  const record = (reply: HttpReply | undefined, failure: string) => {
    logHttp(org, app.id, {
      method: request.method,
      url: request.url,
      status: reply?.status ?? 0,
      milliseconds: Math.round(performance.now() - started),
      requestHeaders: redactHeaders(request.headers),
      requestBody:
        request.body === undefined ? '' : redactBody(request.body, request.headers['Content-Type'] ?? ''),
      responseHeaders: redactHeaders(reply?.headers ?? {}),
      responseBody:
        reply === undefined ? failure : redactBody(reply.text, reply.headers['content-type'] ?? ''),
      injected: fault !== undefined,
    })
    org.changed()
  }
  try {
    if (fault instanceof ScimCallError) throw fault
    const reply = fault && fault !== 'lost-answer' ? fault : await sendHttp(request)
    if (fault === 'lost-answer') throw timedOut()
    record(reply, '')
    return reply
  } catch (error) {
    record(undefined, error instanceof Error ? error.message : String(error))
    throw error
  }
}
