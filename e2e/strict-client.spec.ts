import { expect, test } from '@playwright/test'
import * as openid from 'openid-client'
import { otherSite } from './support/other-site.ts'
import { startMuster } from './support/server.ts'
import { PASSWORD } from './support/two-teams.ts'

test('a strict client finds Muster, is approved on its page, and keeps itself going', async ({ browser }) => {
  const muster = await startMuster()
  const site = await otherSite()
  try {
    const email = 'dana@acme.example'
    await muster.command(['team', 'create', '--name', 'Acme'])
    await muster.command(
      ['member', 'create', '--team', 'acme', '--email', email, '--role', 'owner', '--password-stdin'],
      PASSWORD,
    )
    const callback = `${site.url}/callback`
    const made = await muster.command([
      'client',
      'create',
      '--name',
      'A client',
      '--redirect-uri',
      callback,
      '--json',
    ])
    const { clientId, clientSecret } = JSON.parse(made.stdout)
    const config = await openid.discovery(
      new URL(muster.url),
      clientId,
      undefined,
      openid.ClientSecretBasic(clientSecret),
      { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
    )
    const verifier = openid.randomPKCECodeVerifier()
    const state = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'scim offline_access',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })

    // The approve page needs no script.
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await page.goto(url.href)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${callback}?*`)

    const tokens = await openid.authorizationCodeGrant(config, new URL(page.url()), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    })
    const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token as string)
    const users = new URL(`${muster.url}/scim/v2/Users?startIndex=1&count=2`)
    const read = () => openid.fetchProtectedResource(config, fresh.access_token, users, 'GET')
    expect(await (await read()).json()).toMatchObject({ totalResults: 0 })
    expect(await openid.tokenIntrospection(config, fresh.access_token)).toMatchObject({
      active: true,
      iss: muster.url,
    })
    await openid.tokenRevocation(config, fresh.refresh_token as string)
    await expect(read()).rejects.toMatchObject({ cause: [{ parameters: { error: 'invalid_token' } }] })
  } finally {
    site.close()
    await muster.stop()
  }
})
