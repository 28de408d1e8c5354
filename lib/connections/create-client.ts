import { randomInt } from 'node:crypto'
import { type EventActor, recordEventWithPrisma } from '#lib/activity/record-event'
import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { redirectUriProblem } from '#lib/oauth/redirect-uri'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { makeClientSecret } from './client-secret.ts'

export type ClientKind = 'okta' | 'entra' | 'other'
export type NewClient = {
  /** What the approve screen calls it: 1 to 60 characters. */
  name: string
  redirectUris: string[]
  kind?: ClientKind
  /** Okta's `{appName}`, when the redirect URIs were made from it. */
  appName?: string
  /** The team whose admins manage it and the only one it may connect; without it: the installation's, any team. */
  ownerTeamId?: string
  /** The member's email, or "operator". */
  registeredBy?: string
  /** A public client has no secret and must use PKCE. */
  confidential?: boolean
  actor?: EventActor
}
/** `clientSecret` exists here and nowhere else afterwards; empty for a public client. */
export type CreatedClient = { id: string; clientId: string; clientSecret: string }

export const MAX_REDIRECT_URIS = 20

/** Registers an OAuth client (RFC 6749 §2). Throws DomainError `invalid` (name, redirect URI). */
export async function createClient(client: NewClient): Promise<CreatedClient> {
  const name = checkClientName(client.name)
  const redirectUris = checkRedirectUris(client.redirectUris)
  const confidential = client.confidential ?? true
  const secret = makeClientSecret()
  const id = newId()
  const clientId = `${slug(name)}-${randomText(10)}`
  await inPrismaTransaction(async (tx) => {
    await tx.client.create({
      data: {
        id,
        clientId,
        name,
        kind: client.kind ?? 'okta',
        confidential,
        appName: client.appName,
        ownerTeamId: client.ownerTeamId,
        registeredBy: client.registeredBy ?? 'operator',
        redirectUris: { create: redirectUris.map((uri) => ({ uri })) },
        secrets: confidential
          ? { create: { id: newId(), secretHash: secret.hash, hint: secret.hint } }
          : undefined,
      },
    })
    if (client.ownerTeamId)
      await recordEventWithPrisma(tx, {
        teamId: client.ownerTeamId,
        actor: client.actor ?? { kind: 'operator', name: 'operator' },
        action: 'client.create',
        summary: `registered the client ${name}`,
        resource: { type: 'Client', id, name },
      })
  })
  return { id, clientId, clientSecret: confidential ? secret.text : '' }
}

export function checkClientName(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ')
  if (name.length < 1 || name.length > 60 || /\p{Cc}/u.test(name))
    throw new DomainError('invalid', 'Give the client a name of 1 to 60 characters.', { field: 'name' })
  return name
}

/** The distinct URIs, trimmed. Throws DomainError `invalid` that names the first one that may not be registered. */
export function checkRedirectUris(given: string[]): string[] {
  const uris = [...new Set(given.map((uri) => uri.trim()).filter((uri) => uri !== ''))]
  if (uris.length > MAX_REDIRECT_URIS)
    throw new DomainError('invalid', `A client may have at most ${MAX_REDIRECT_URIS} redirect URIs.`, {
      field: 'redirectUris',
    })
  for (const uri of uris) {
    const problem = redirectUriProblem(uri)
    if (problem) throw new DomainError('invalid', `${problem} (${uri})`, { field: 'redirectUris' })
  }
  return uris
}

function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replace(/^-+|-+$/g, '')
  return plain || 'client'
}

function randomText(length: number): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
}
