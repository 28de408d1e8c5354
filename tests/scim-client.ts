import { exchangeWriter } from '#lib/activity/exchange-writer'
import { makeToken } from '#lib/connections/token-format'
import { pool } from '#lib/db/pool'
import { prisma } from '#lib/db/prisma-client'
import { createTeam } from '#lib/directory/teams/create-team'
import { protocolFetch } from '#lib/http/protocol'
import { newId } from '#lib/platform/ids'

export type Reply = { status: number; headers: Headers; text: string; json: any }
export type ScimClient = {
  teamId: string
  connectionId: string
  serviceUserId: string
  token: string
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
}

/** A team with one connection and a static token, and a client of its SCIM API through the production door. */
export async function scimClient(name = 'Acme'): Promise<ScimClient> {
  const team = await prisma().$transaction((tx) => createTeam(tx, { name }))
  const [serviceUserId, connectionId] = [newId(), newId()]
  const token = makeToken('static', team.id)
  await prisma().serviceUser.create({
    data: { teamId: team.id, id: serviceUserId, name: 'okta', createdBy: 'test' },
  })
  await prisma().connection.create({
    data: {
      teamId: team.id,
      id: connectionId,
      serviceUserId,
      name: 'Okta',
      scope: 'scim',
      approvedBy: 'test',
      approvedAt: new Date(),
    },
  })
  await prisma().token.create({
    data: {
      teamId: team.id,
      tokenHash: token.hash,
      id: newId(),
      kind: 'static',
      familyId: newId(),
      connectionId,
      serviceUserId,
      scope: 'scim',
      hint: token.hint,
    },
  })
  return {
    teamId: team.id,
    connectionId,
    serviceUserId,
    token: token.text,
    call: (method, path, body, headers) => scimCall(token.text, method, path, body, headers),
  }
}

export async function scimCall(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const sent =
    body === undefined
      ? undefined
      : typeof body === 'string' || body instanceof Uint8Array
        ? (body as string)
        : JSON.stringify(body)
  const response = await protocolFetch(
    new Request(`http://muster.test/scim/v2${path}`, {
      method,
      body: sent,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/scim+json',
        ...(sent === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...headers,
      },
    }),
  )
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text ? JSON.parse(text) : undefined,
  }
}

/** The newest exchanges of a team, after everything is written. */
export async function exchangesOf(teamId: string, count = 10): Promise<Record<string, any>[]> {
  await exchangeWriter().flush()
  const { rows } = await pool().query('SELECT * FROM exchange WHERE team_id = $1 ORDER BY id DESC LIMIT $2', [
    teamId,
    count,
  ])
  return rows
}
