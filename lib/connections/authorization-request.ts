import { prisma } from '#lib/db/prisma-client'
import { constantTimeEqual } from '#lib/oauth/constant-time-equal'
import { isUuid } from '#lib/platform/ids'

/** A saved request as the approve screen shows it. */
export type SavedRequest = {
  id: string
  client: {
    id: string
    clientId: string
    name: string
    kind: string
    ownerTeamId: string | null
    registeredBy: string | null
    createdAt: Date
  }
  redirectUri: string
  state: string | null
  scope: string
  expiresAt: Date
}

export type RequestState =
  | { state: 'open'; request: SavedRequest }
  /** Decided before; `connection` is where the approval led. */
  | { state: 'used'; request: SavedRequest; decision: string; connection?: { teamId: string; id: string } }
  | { state: 'expired'; request: SavedRequest }
  /** Not there, or another browser's: the two look alike. */
  | { state: 'unknown' }

/** What became of a saved request, for the browser that holds the cookie with this hash. */
export async function authorizationRequest(
  id: string,
  browserHash: string | undefined,
  now: number,
): Promise<RequestState> {
  if (!isUuid(id) || browserHash === undefined) return { state: 'unknown' }
  const row = await prisma().authorizationRequest.findUnique({ where: { id }, include: { client: true } })
  if (!row || !constantTimeEqual(row.browserHash, browserHash)) return { state: 'unknown' }
  const request: SavedRequest = {
    id: row.id,
    client: row.client,
    redirectUri: row.redirectUri,
    state: row.state,
    scope: row.scope,
    expiresAt: row.expiresAt,
  }
  if (row.decidedAt)
    return {
      state: 'used',
      request,
      decision: row.decision ?? '',
      connection:
        row.decidedTeamId && row.decidedConnectionId
          ? { teamId: row.decidedTeamId, id: row.decidedConnectionId }
          : undefined,
    }
  if (row.expiresAt.getTime() <= now || row.client.disabledAt) return { state: 'expired', request }
  return { state: 'open', request }
}
