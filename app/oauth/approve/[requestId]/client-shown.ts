import type { ApproveClient } from '#components/approve/approve-types'
import type { SavedRequest } from '#lib/connections/authorization-request'

/** A client that an admin or operator registered is vouched for; one that nobody did is not. */
export function clientShown({ client }: SavedRequest): ApproveClient {
  return {
    name: client.name,
    clientId: client.clientId,
    registeredBy: client.registeredBy === 'operator' ? 'the operator' : (client.registeredBy ?? undefined),
    registeredAt: client.createdAt.toISOString(),
    verified: client.registeredBy !== null,
  }
}

export function switchAccountHref(path: string): string {
  return `/sign-in?next=${encodeURIComponent(path)}`
}
