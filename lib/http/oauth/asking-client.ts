import { authorizationRequest } from '#lib/connections/authorization-request'
import type { Browser } from './browser-cookie.ts'

const APPROVE_PAGE = /^\/oauth\/approve\/([0-9a-f-]{36})(?:[?#]|$)/

/** The name of the client whose open request the sign-in leads to; undefined when it leads elsewhere. */
export async function askingClient(
  next: string,
  browser: Browser | undefined,
  now: number,
): Promise<string | undefined> {
  const requestId = APPROVE_PAGE.exec(next)?.[1]
  if (!requestId || !browser) return undefined
  const found = await authorizationRequest(requestId, browser.hash, now)
  return found.state === 'open' ? found.request.client.name : undefined
}
