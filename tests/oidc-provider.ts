import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Claims of whoever is signed in at the provider (OpenID Connect Core 1.0 §5.1). */
export type Person = {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
  /** Seconds since 1970; `null`: the provider does not tell. */
  auth_time?: number | null
}
type Grant = {
  person: Person
  nonce: string | null
  redirectUri: string
  challenge: string | null
  clientId: string
}

export type OidcProvider = Awaited<ReturnType<typeof startOidcProvider>>

/**
 * A small OpenID provider over real HTTP: discovery, authorization code with PKCE, ID tokens by RS256, userinfo. Whoever
 * `signIn` names is let through at once, as on a live session there; `requests` keeps what it was asked.
 */
export async function startOidcProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = { id: 'muster', secret: 'a secret of the test provider' }
  const grants = new Map<string, Grant>()
  const byToken = new Map<string, Person>()
  const state = {
    person: undefined as Person | undefined,
    /** Claims put over those of the ID token, to make a wrong one. */
    tamper: {} as Record<string, unknown>,
    requests: [] as URL[],
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((cause: Error) => {
      response.writeHead(500).end(String(cause.stack))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', issuer)
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
        })
      case '/jwks':
        return json(200, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'k1' }],
        })
      case '/authorize':
        return authorize(url, response)
      case '/token':
        return token(request, json)
      case '/userinfo': {
        const person = byToken.get((request.headers.authorization ?? '').replace('Bearer ', ''))
        return person ? json(200, claimsOf(person)) : json(401, { error: 'invalid_token' })
      }
      default:
        response.writeHead(404).end()
    }
  }

  function authorize(url: URL, response: ServerResponse) {
    state.requests.push(url)
    const { person } = state
    const query = url.searchParams
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', query.get('state') ?? '')
    back.searchParams.set('iss', issuer)
    if (!person) back.searchParams.set('error', 'login_required')
    else {
      const code = randomUUID()
      const fresh = query.get('prompt') === 'login' && person.auth_time !== null
      grants.set(code, {
        person: fresh ? { auth_time: seconds(), ...person } : person,
        nonce: query.get('nonce'),
        redirectUri: query.get('redirect_uri') ?? '',
        challenge: query.get('code_challenge'),
        clientId: query.get('client_id') ?? '',
      })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  async function token(request: IncomingMessage, json: (status: number, body: object) => unknown) {
    const form = new URLSearchParams(await read(request))
    const basic = Buffer.from(
      (request.headers.authorization ?? '').replace(/^Basic /, ''),
      'base64',
    ).toString()
    const expected = `${client.id}:${encodeURIComponent(client.secret).replaceAll('%20', '+')}`
    if (basic !== expected) return json(401, { error: 'invalid_client' })
    const grant = grants.get(form.get('code') ?? '')
    grants.delete(form.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!grant || grant.redirectUri !== form.get('redirect_uri') || grant.challenge !== verifier)
      return json(400, { error: 'invalid_grant' })
    const accessToken = randomUUID()
    byToken.set(accessToken, grant.person)
    const idToken = jwt({
      iss: issuer,
      aud: client.id,
      iat: seconds(),
      exp: seconds() + 300,
      nonce: grant.nonce,
      ...claimsOf(grant.person),
      ...state.tamper,
    })
    return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken })
  }

  function jwt(claims: object): string {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${encode({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${encode(claims)}`
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
  }

  return {
    issuer,
    client,
    state,
    /** The settings that make Muster use it. */
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_NAME: 'Acme sign-in',
    },
    /** Who is signed in at the provider from now on. */
    signIn(email: string, more: Partial<Person> = {}) {
      state.person = { sub: `sub of ${email}`, email, email_verified: true, auth_time: seconds(), ...more }
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

function claimsOf({ auth_time, ...person }: Person): object {
  return { ...person, ...(auth_time === null ? {} : { auth_time: auth_time ?? seconds() }) }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
