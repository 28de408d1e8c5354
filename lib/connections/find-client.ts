import { prisma } from '#lib/db/prisma-client'
import type { RegisteredClient } from '#lib/oauth/authorization-request'

/** A registered client, with all that deciding about its requests needs. */
export type FoundClient = RegisteredClient & {
  id: string
  clientId: string
  name: string
  kind: string
  ownerTeamId: string | null
  registeredBy: string | null
  createdAt: Date
  secrets: { secretHash: string; expiresAt: Date | null }[]
}

const INCLUDE = { redirectUris: true, secrets: true } as const

/** By the public `client_id`; undefined when there is none. */
export async function findClient(clientId: string): Promise<FoundClient | undefined> {
  const row = await prisma().client.findUnique({ where: { clientId }, include: INCLUDE })
  if (!row) return undefined
  const { redirectUris, disabledAt, ...client } = row
  return {
    ...client,
    disabled: disabledAt !== null,
    redirectUris: redirectUris.map(({ uri }) => uri),
  }
}
