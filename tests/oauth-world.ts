import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { sessionCookieName } from '#lib/auth/cookies'
import { musterSecret } from '#lib/auth/secret'
import { beginSession } from '#lib/auth/session'
import { createClient, type NewClient } from '#lib/connections/create-client'
import { pool } from '#lib/db/pool'
import { prisma } from '#lib/db/prisma-client'
import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { createTeam } from '#lib/directory/teams/create-team'
import { approveView } from '#lib/http/oauth/approve-view'
import { authorizeEndpoint } from '#lib/http/oauth/authorize-endpoint'
import { browserOf, formProof } from '#lib/http/oauth/browser-cookie'
import { decisionEndpoint } from '#lib/http/oauth/decision-endpoint'
import { metadataEndpoint } from '#lib/http/oauth/metadata-endpoint'
import { protocolFetch } from '#lib/http/protocol'
import { env } from '#lib/platform/env'
import { newId } from '#lib/platform/ids'

process.env.MUSTER_SECRET ??= 'a secret of the tests, of forty characters'

export const CALLBACK = 'https://system-admin.okta.com/admin/app/cpc/acme_muster_1/oauth/callback'

export type TestMember = { id: string; email: string; name: string; sessionId: string; cookie: string }
export type TestTeam = { id: string; slug: string; name: string }
export type TestClient = { id: string; clientId: string; clientSecret: string }

/** A person who signed in a moment ago (or `minutesAgo`), in a browser session of their own. */
export async function aMember(name = 'Dana Ruiz', minutesAgo = 0): Promise<TestMember> {
  const id = newId()
  const email = `${name.split(' ')[0]?.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`
  await prisma().member.create({ data: { id, email, emailKey: email, name } })
  const at = new Date(Date.now() - minutesAgo * 60_000)
  const sessionId = await beginSession(
    { memberId: id, method: 'password', authenticatedAt: at },
    { ip: '203.0.113.9', userAgent: 'test' },
    Date.now(),
  )
  const token = await encode({ token: { sid: sessionId }, secret: musterSecret() })
  return { id, email, name, sessionId, cookie: `${sessionCookieName()}=${token}` }
}

export async function aTeam(name: string, owner?: TestMember): Promise<TestTeam> {
  return inPrismaTransaction((tx) => createTeam(tx, { name, ownerMemberId: owner?.id }))
}

export async function joins(member: TestMember, team: TestTeam, role: 'owner' | 'admin' | 'reviewer') {
  await prisma().teamMember.create({ data: { memberId: member.id, teamId: team.id, role } })
}

export function aClient(more: Partial<NewClient> = {}): Promise<TestClient> {
  return createClient({ name: 'Okta', redirectUris: [CALLBACK], registeredBy: 'operator', ...more })
}

/** Every endpoint of OAuth, as the server and Next route to them: what clients call, and what the browser does. */
export async function oauthFetch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/oauth/authorize') return authorizeEndpoint(request)
  if (pathname === '/.well-known/oauth-authorization-server') return metadataEndpoint()
  const requestId = /^\/oauth\/approve\/([^/]+)\/decision$/.exec(pathname)?.[1]
  return requestId ? decisionEndpoint(request, requestId) : protocolFetch(request)
}

/** How a request travels: straight to its endpoint, or over HTTP. */
export type Transport = (request: Request) => Promise<Response>

/** A browser: it keeps its cookies, and follows no redirect by itself. */
export class Browser {
  cookies = new Map<string, string>()
  member: TestMember | undefined
  readonly #send: Transport

  constructor(member?: TestMember, send: Transport = oauthFetch) {
    this.member = member
    this.#send = send
  }

  get cookieHeader(): string {
    const own = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    return [...own, ...(this.member ? [this.member.cookie] : [])].join('; ')
  }

  /** GET /oauth/authorize with these parameters; a list of pairs may repeat a name. */
  async authorize(query: Record<string, string> | [string, string][], raw = ''): Promise<Response> {
    return this.visit(`${env().PUBLIC_URL}/oauth/authorize?${new URLSearchParams(query)}${raw}`)
  }

  /** GET of an authorization URL as a client made it. */
  async visit(url: string): Promise<Response> {
    const response = await this.#send(new Request(url, { headers: { cookie: this.cookieHeader } }))
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const equals = pair.indexOf('=')
      this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    return response
  }

  /** What the approve page would show. */
  view(requestId: string, search: Record<string, string> = {}, now = Date.now()) {
    if (!this.member) throw new Error('nobody is signed in')
    const signedIn = {
      ...this.member,
      memberId: this.member.id,
      method: 'password' as const,
      reauthenticatedAt: new Date(now),
    }
    return approveView(requestId, browserOf(Object.fromEntries(this.cookies)), signedIn, search, now)
  }

  /** Posts the approve form as our page carries it. */
  decide(
    requestId: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const browser = browserOf(Object.fromEntries(this.cookies))
    const proof = browser ? formProof(browser, requestId, this.member?.id ?? '') : ''
    return this.#send(
      new Request(`${env().PUBLIC_URL}/oauth/approve/${requestId}/decision`, {
        method: 'POST',
        headers: {
          cookie: this.cookieHeader,
          'content-type': 'application/x-www-form-urlencoded',
          origin: env().PUBLIC_URL,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        body: new URLSearchParams({ proof, ...fields }).toString(),
      }),
    )
  }
}

export function requestIdOf(response: Response): string {
  return /^\/oauth\/approve\/([0-9a-f-]{36})$/.exec(response.headers.get('location') ?? '')?.[1] ?? 'none'
}

export function locationOf(response: Response): URL {
  return new URL(response.headers.get('location') ?? '', env().PUBLIC_URL)
}

/** What a client asks for a code with. */
export const asking = (client: TestClient) => ({
  response_type: 'code',
  client_id: client.clientId,
  redirect_uri: CALLBACK,
  state: 'xyz',
})

/** From authorize to a code, as a signed-in person approves it. */
export async function aCode(
  client: TestClient,
  team: TestTeam,
  member: TestMember,
  more: { query?: Record<string, string>; name?: string; fields?: Record<string, string> } = {},
): Promise<{ code: string; requestId: string; browser: Browser }> {
  const browser = new Browser(member)
  const asked = await browser.authorize({ ...asking(client), ...more.query })
  const requestId = requestIdOf(asked)
  const answer = await browser.decide(requestId, {
    decision: 'approve',
    teamId: team.id,
    serviceUserName: more.name ?? `okta-${randomUUID().slice(0, 8)}`,
    ...more.fields,
  })
  return { code: locationOf(answer).searchParams.get('code') ?? '', requestId, browser }
}

export function basic(client: TestClient): string {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')
  return `Basic ${Buffer.from(`${encode(client.clientId)}:${encode(client.clientSecret)}`).toString('base64')}`
}

/** POST to a client's endpoint, through the door that the server opens. */
export async function post(
  path: '/oauth/token' | '/oauth/revoke' | '/oauth/introspect',
  body: Record<string, string> | [string, string][] | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: any; headers: Headers; text: string }> {
  const response = await protocolFetch(
    new Request(env().PUBLIC_URL + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: typeof body === 'string' ? body : new URLSearchParams(body).toString(),
    }),
  )
  const text = await response.text()
  return {
    status: response.status,
    json: text ? JSON.parse(text) : undefined,
    headers: response.headers,
    text,
  }
}

export function redeem(client: TestClient, code: string, more: Record<string, string> = {}) {
  return post(
    '/oauth/token',
    { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more },
    { authorization: basic(client) },
  )
}

export function refresh(client: TestClient, refreshToken: string) {
  return post(
    '/oauth/token',
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    { authorization: basic(client) },
  )
}

/** A SCIM request with this token: its status. */
export async function scimStatus(token: string): Promise<number> {
  const response = await protocolFetch(
    new Request(`${env().PUBLIC_URL}/scim/v2/Users?startIndex=1&count=2`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  )
  return response.status
}

export async function rows<Row = Record<string, any>>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await pool().query(sql, values)).rows as Row[]
}

/** The OAuth exchanges that were recorded so far, newest first. */
export async function oauthExchanges(): Promise<Record<string, any>[]> {
  await exchangeWriter().flush()
  return rows(`SELECT * FROM exchange WHERE kind = 'oauth' ORDER BY id DESC`)
}
