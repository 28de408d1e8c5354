import { type EventActor, recordEventWithPrisma } from '#lib/activity/record-event'
import type { Prisma } from '#lib/db/prisma-client'
import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid } from '#lib/platform/ids'
import { addServiceUser } from './add-service-user.ts'
import { type Decider, lockRequest } from './lock-request.ts'
import { makeToken } from './token-format.ts'

/** A code is for the redirect that follows at once (RFC 6749 §4.1.2 asks for 10 minutes at most). */
export const CODE_SECONDS = 120

export type Approval = Decider & {
  requestId: string
  /**
   * The team: one that the caller has seen the member administer, or one that is made within the same transaction
   * and rolled back with it.
   */
  team: { id: string } | { make: (tx: Prisma.TransactionClient) => Promise<{ id: string }> }
  serviceUserName: string
  /** An existing connection of this client in this team, whose tokens the new ones replace; else a new one is made. */
  replaceConnectionId?: string
  now: number
}
export type Approved = {
  redirectUri: string
  state: string | null
  code: string
  teamId: string
  connectionId: string
}

/**
 * Approves a saved request in one transaction: the team if it is new, the service user, the connection, the code.
 * Approved again by the same person in the same browser (a double click) it gives another code for the same
 * connection, so that whichever answer the browser follows leads back. Throws DomainError: `gone` (ended, or decided
 * otherwise), `invalid` or `conflict` (name, with a free `suggestion`), `forbidden`, `not_found` (connection).
 */
export async function approve(approval: Approval): Promise<Approved> {
  const approved = await inPrismaTransaction((tx) => approveWithin(tx, approval))
  announce(approved.teamId, 'connections')
  return approved
}

async function approveWithin(tx: Prisma.TransactionClient, approval: Approval): Promise<Approved> {
  const { now, member } = approval
  const request = await lockRequest(tx, approval.requestId, approval, now)
  const target = request.decidedAt
    ? await approvedBefore(tx, request, member.id)
    : await decide(tx, request, approval)
  const code = makeToken('code', target.teamId)
  await tx.authorizationCode.create({
    data: {
      ...target,
      codeHash: code.hash,
      clientId: request.clientId,
      redirectUri: request.redirectUri,
      redirectUriGiven: request.redirectUriGiven,
      scope: request.scope,
      codeChallenge: request.codeChallenge,
      codeChallengeMethod: request.codeChallengeMethod,
      createdAt: new Date(now),
      expiresAt: new Date(now + CODE_SECONDS * 1000),
    },
  })
  const { redirectUri, state } = request
  return { redirectUri, state, code: code.text, teamId: target.teamId, connectionId: target.connectionId }
}

type Request = Awaited<ReturnType<typeof lockRequest>>
type Target = { teamId: string; connectionId: string; serviceUserId: string; replacesTokens: boolean }

async function decide(tx: Prisma.TransactionClient, request: Request, approval: Approval): Promise<Target> {
  const { member, now } = approval
  const teamId = 'id' in approval.team ? approval.team.id : (await approval.team.make(tx)).id
  const { ownerTeamId, name: clientName } = request.client
  if (ownerTeamId !== null && ownerTeamId !== teamId)
    throw new DomainError('forbidden', `The client ${clientName} belongs to another team.`, { field: 'team' })
  const replaced = approval.replaceConnectionId
    ? await replace(tx, teamId, approval.replaceConnectionId, request, approval)
    : undefined
  const target = replaced ?? (await add(tx, teamId, request, approval))
  await tx.authorizationRequest.update({
    where: { id: request.id },
    data: {
      decidedAt: new Date(now),
      decision: 'approved',
      memberId: member.id,
      decidedTeamId: teamId,
      decidedConnectionId: target.connectionId,
    },
  })
  return target
}

async function add(
  tx: Prisma.TransactionClient,
  teamId: string,
  request: Request,
  approval: Approval,
): Promise<Target> {
  const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select: { name: true } })
  const made = await addServiceUser(tx, {
    teamId,
    teamName: team.name,
    connectionName: request.client.name,
    name: approval.serviceUserName,
    createdBy: approval.member.email,
    clientId: request.clientId,
    scope: request.scope,
    now: approval.now,
  })
  await recordEventWithPrisma(tx, {
    teamId,
    actor: actorOf(approval.member),
    action: 'connection.approve',
    summary: `approved ${request.client.name} and created the service user ${made.name}`,
    resource: { type: 'Connection', id: made.connectionId, name: made.name },
  })
  return { teamId, connectionId: made.connectionId, serviceUserId: made.id, replacesTokens: false }
}

/** The tokens are replaced when the code is redeemed: until then the old ones keep the sync alive. */
async function replace(
  tx: Prisma.TransactionClient,
  teamId: string,
  connectionId: string,
  request: Request,
  approval: Approval,
): Promise<Target> {
  const connection = isUuid(connectionId)
    ? await tx.connection.findUnique({
        where: { teamId_id: { teamId, id: connectionId } },
        include: { serviceUser: true },
      })
    : null
  const ended = connection?.disconnectedAt || connection?.serviceUser.deletedAt
  if (!connection || connection.clientId !== request.clientId || ended)
    throw new DomainError('not_found', 'That connection is no longer there. Choose again.', {
      field: 'connection',
    })
  if (connection.serviceUser.disabledAt)
    throw new DomainError('conflict', `The service user ${connection.name} is disabled. Enable it first.`, {
      field: 'connection',
    })
  await tx.connection.update({
    where: { teamId_id: { teamId, id: connectionId } },
    data: { approvedBy: approval.member.email, approvedAt: new Date(approval.now), scope: request.scope },
  })
  await recordEventWithPrisma(tx, {
    teamId,
    actor: actorOf(approval.member),
    action: 'connection.reapprove',
    summary: `approved ${request.client.name} again; its new tokens replace those of ${connection.name}`,
    resource: { type: 'Connection', id: connectionId, name: connection.name },
  })
  return { teamId, connectionId, serviceUserId: connection.serviceUserId, replacesTokens: true }
}

/** The same person, twice: the decision stands, and a second code leads to it, unless the first one was redeemed. */
async function approvedBefore(
  tx: Prisma.TransactionClient,
  request: Request,
  memberId: string,
): Promise<Target> {
  const { decidedTeamId: teamId, decidedConnectionId: connectionId, client } = request
  const used = () => new DomainError('gone', 'This request was used already.')
  if (request.decision !== 'approved' || request.memberId !== memberId || !teamId || !connectionId)
    throw used()
  const codes = await tx.authorizationCode.findMany({
    where: { teamId, connectionId, clientId: client.id, createdAt: { gte: request.createdAt } },
    orderBy: { createdAt: 'asc' },
  })
  const first = codes[0]
  if (!first || codes.some((code) => code.redeemedAt) || codes.length >= 5) throw used()
  return { teamId, connectionId, serviceUserId: first.serviceUserId, replacesTokens: first.replacesTokens }
}

export function actorOf(member: { id: string; name: string; email: string }): EventActor {
  return { kind: 'member', id: member.id, name: member.name || member.email }
}
