import type { Org } from '../org/org.ts'
import type { App } from '../org/state.ts'
import { readReply, type ScimCall } from '../scim-client/call.ts'
import { scimHeaders } from '../scim-client/headers.ts'
import { authorization, refreshAccessToken } from './access-token.ts'
import { exchange } from './exchange.ts'

export type Pace = {
  /** Okta gives up on a request after 60 seconds. */
  timeoutMilliseconds: number
  /** Pause before each request, to make a push as slow to watch as in Okta. */
  pauseMilliseconds: number
}

/** The app's SCIM server as one function: authorization, refresh after a 401, log and faults included. */
export function connect(org: Org, app: App, pace: Pace): ScimCall {
  return async (request) => {
    const url = app.integration.baseUrl.replace(/\/+$/, '') + request.path
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    const send = async () => {
      const headers = scimHeaders(await authorization(org, app, pace.timeoutMilliseconds), body !== undefined)
      const { timeoutMilliseconds } = pace
      return exchange(org, app, {
        method: request.method,
        url,
        headers,
        timeoutMilliseconds,
        ...(body === undefined ? {} : { body }),
      })
    }
    if (pace.pauseMilliseconds > 0)
      await new Promise((resolve) => setTimeout(resolve, pace.pauseMilliseconds))
    const tokenBefore = app.tokens?.accessToken
    let reply = await send()
    if (reply.status === 401 && app.integration.mode === 'oauth2' && app.tokens?.refreshToken) {
      // Another request may have refreshed while this one was on its way.
      if (app.tokens.accessToken === tokenBefore) await refreshAccessToken(org, app, pace.timeoutMilliseconds)
      reply = await send()
    }
    return readReply(reply)
  }
}
