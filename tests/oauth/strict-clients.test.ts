import { randomUUID } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { createServiceUser } from '#lib/connections/create-service-user'
import { testDatabase } from '#tests/database'
import { overHttp, serveOAuth } from '#tests/oauth-server'
import {
  aClient,
  aMember,
  aTeam,
  Browser,
  CALLBACK,
  locationOf,
  requestIdOf,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

/** Two clients that refuse whatever the RFCs do not allow, against Muster over HTTP: no check of theirs is off. */

await testDatabase()
const issuer = await serveOAuth()
/** Plain http, because the test's server has no certificate: all else is as on the internet. */
const insecure = { [oauth.allowInsecureRequests]: true }
const USERS = new URL(`${issuer}/scim/v2/Users?startIndex=1&count=2`)

let dana: TestMember
let acme: TestTeam
let confidential: TestClient
let open: TestClient
let script: TestClient
beforeAll(async () => {
  dana = await aMember()
  acme = await aTeam('Acme', dana)
  confidential = await aClient()
  open = await aClient({ name: 'A script', confidential: false })
  script = await aClient({ name: 'Entra', kind: 'entra' })
  await createServiceUser({ teamId: acme.id, name: 'entra-sync', createdBy: dana.email, clientId: script.id })
})

/** What the person does: opens the client's address, presses a button. Gives the address they are sent back to. */
async function decide(authorizationUrl: URL, decision: 'approve' | 'deny' = 'approve'): Promise<URL> {
  const browser = new Browser(dana, overHttp)
  const requestId = requestIdOf(await browser.visit(authorizationUrl.href))
  const name = `okta-${randomUUID().slice(0, 8)}`
  return locationOf(await browser.decide(requestId, { decision, teamId: acme.id, serviceUserName: name }))
}

describe('oauth4webapi', () => {
  let as: oauth.AuthorizationServer
  beforeAll(async () => {
    const url = new URL(issuer)
    const response = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...insecure })
    as = await oauth.processDiscoveryResponse(url, response)
  })

  /** From the authorization request to tokens. */
  async function authorize(
    client: oauth.Client,
    auth: oauth.ClientAuth,
    pkce: boolean,
  ): Promise<oauth.TokenEndpointResponse> {
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const url = new URL(as.authorization_endpoint as string)
    const challenge = {
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      scope: 'scim offline_access',
      state,
      ...(pkce ? challenge : {}),
    }).toString()
    const answer = oauth.validateAuthResponse(as, client, await decide(url), state)
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      auth,
      answer,
      CALLBACK,
      pkce ? verifier : oauth.nopkce,
      insecure,
    )
    return oauth.processAuthorizationCodeResponse(as, client, response)
  }

  const scim = (token: string) =>
    oauth.protectedResourceRequest(token, 'GET', USERS, undefined, undefined, insecure)

  test('finds every endpoint, and what it may use there', () => {
    expect(as).toMatchObject({ issuer, authorization_response_iss_parameter_supported: true })
    expect(as.code_challenge_methods_supported).toEqual(['S256'])
  })

  test.each([
    ['Basic, with PKCE', () => oauth.ClientSecretBasic(confidential.clientSecret), true],
    ['Basic, without PKCE', () => oauth.ClientSecretBasic(confidential.clientSecret), false],
    ['the body, with PKCE', () => oauth.ClientSecretPost(confidential.clientSecret), true],
  ] as const)('code, refresh, introspect, revoke by %s', async (_words, auth, pkce) => {
    const client = { client_id: confidential.clientId }
    const first = await authorize(client, auth(), pkce)
    expect((await scim(first.access_token)).status).toBe(200)

    const refreshed = await oauth.refreshTokenGrantRequest(
      as,
      client,
      auth(),
      first.refresh_token as string,
      insecure,
    )
    const second = await oauth.processRefreshTokenResponse(as, client, refreshed)
    expect((await scim(second.access_token)).status).toBe(200)

    const introspect = async (token: string) =>
      oauth.processIntrospectionResponse(
        as,
        client,
        await oauth.introspectionRequest(as, client, auth(), token, insecure),
      )
    expect(await introspect(second.access_token)).toMatchObject({
      active: true,
      iss: issuer,
      client_id: confidential.clientId,
      token_type: 'Bearer',
    })

    const revoke = await oauth.revocationRequest(as, client, auth(), second.refresh_token as string, insecure)
    await oauth.processRevocationResponse(revoke)
    expect(await introspect(second.access_token)).toEqual({ active: false })
    await expect(scim(second.access_token)).rejects.toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token', realm: 'Muster' } }],
    })
  })

  test('a public client completes the flow with PKCE alone', async () => {
    const client = { client_id: open.clientId, token_endpoint_auth_method: 'none' }
    const tokens = await authorize(client, oauth.None(), true)
    const response = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      tokens.refresh_token as string,
      insecure,
    )
    const { access_token } = await oauth.processRefreshTokenResponse(as, client, response)
    expect((await scim(access_token)).status).toBe(200)
  })

  test('client credentials give an access token and no refresh token', async () => {
    const client = { client_id: script.clientId }
    const response = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      oauth.ClientSecretBasic(script.clientSecret),
      { scope: 'scim' },
      insecure,
    )
    const tokens = await oauth.processClientCredentialsResponse(as, client, response)
    expect(tokens.refresh_token).toBeUndefined()
    expect((await scim(tokens.access_token)).status).toBe(200)
  })

  test('a denial and a fault come back as errors of the right shape, with state and iss', async () => {
    const client = { client_id: confidential.clientId }
    const url = new URL(as.authorization_endpoint as string)
    const ask = (more: Record<string, string>) =>
      new URLSearchParams({
        response_type: 'code',
        client_id: client.client_id,
        redirect_uri: CALLBACK,
        state: 'a state',
        ...more,
      }).toString()
    url.search = ask({})
    const denied = await decide(url, 'deny')
    expect(() => oauth.validateAuthResponse(as, client, denied, 'a state')).toThrow(
      expect.objectContaining({ error: 'access_denied' }),
    )
    url.search = ask({ response_type: 'token' })
    const fault = locationOf(await new Browser(undefined, overHttp).visit(url.href))
    expect(() => oauth.validateAuthResponse(as, client, fault, 'a state')).toThrow(
      expect.objectContaining({ error: 'unsupported_response_type' }),
    )
  })

  test('a wrong secret and a used code are refused in the form of RFC 6749 §5.2', async () => {
    const client = { client_id: confidential.clientId }
    const refused = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      oauth.ClientSecretBasic('wrong'),
      {},
      insecure,
    )
    await expect(oauth.processClientCredentialsResponse(as, client, refused)).rejects.toMatchObject({
      cause: [{ scheme: 'basic', parameters: { realm: 'Muster' } }],
    })
    const made = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.ClientSecretBasic(confidential.clientSecret),
      'made up',
      insecure,
    )
    await expect(oauth.processRefreshTokenResponse(as, client, made)).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    })
  })
})

describe('openid-client', () => {
  async function discover(client: TestClient, auth: openid.ClientAuth): Promise<openid.Configuration> {
    return openid.discovery(new URL(issuer), client.clientId, undefined, auth, {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    })
  }

  test.each([
    ['Basic', () => [confidential, openid.ClientSecretBasic(confidential.clientSecret)] as const],
    ['the body', () => [confidential, openid.ClientSecretPost(confidential.clientSecret)] as const],
    ['no secret', () => [open, openid.None()] as const],
  ])('completes the whole flow by %s', async (words, pick) => {
    const [client, auth] = pick()
    const config = await discover(client, auth)
    const verifier = openid.randomPKCECodeVerifier()
    const state = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'scim offline_access',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const tokens = await openid.authorizationCodeGrant(config, await decide(url), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    })
    expect(tokens.expiresIn()).toBeGreaterThan(3000)
    const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token as string)
    const users = await openid.fetchProtectedResource(config, fresh.access_token, USERS, 'GET')
    expect(await users.json()).toMatchObject({ totalResults: 0 })
    if (words !== 'no secret')
      expect(await openid.tokenIntrospection(config, fresh.access_token)).toMatchObject({ active: true })
    await openid.tokenRevocation(config, fresh.refresh_token as string)
    await expect(
      openid.fetchProtectedResource(config, fresh.access_token, USERS, 'GET'),
    ).rejects.toMatchObject({ cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }] })
  })

  test('gets tokens by client credentials, with a resource that is ignored', async () => {
    const config = await discover(script, openid.ClientSecretBasic(script.clientSecret))
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'scim', resource: USERS.origin })
    expect((await openid.fetchProtectedResource(config, tokens.access_token, USERS, 'GET')).status).toBe(200)
  })

  test('an answer of another server is not taken for ours (mix-up)', async () => {
    const config = await discover(confidential, openid.ClientSecretBasic(confidential.clientSecret))
    const state = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, state })
    const back = await decide(url)
    const notOurs = { cause: { message: expect.stringContaining('"iss"') } }
    back.searchParams.set('iss', 'https://evil.example')
    await expect(openid.authorizationCodeGrant(config, back, { expectedState: state })).rejects.toMatchObject(
      notOurs,
    )
    back.searchParams.delete('iss')
    await expect(openid.authorizationCodeGrant(config, back, { expectedState: state })).rejects.toMatchObject(
      notOurs,
    )
  })
})
