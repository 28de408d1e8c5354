import { beforeAll, describe, expect, test } from 'vitest'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  Browser,
  CALLBACK,
  joins,
  locationOf,
  redeem,
  requestIdOf,
  rows,
  scimStatus,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

/** Who may approve what, from where: one test a rule. A refusal makes nothing. */

await testDatabase()
let client: TestClient
let dana: TestMember
let rex: TestMember
let acme: TestTeam
let beta: TestTeam
beforeAll(async () => {
  client = await aClient()
  dana = await aMember('Dana Ruiz')
  rex = await aMember('Rex Reviewer')
  acme = await aTeam('Acme', dana)
  beta = await aTeam('Beta', await aMember('Bea Beta'))
  await joins(rex, acme, 'reviewer')
})

async function asked(member: TestMember | undefined, of = client) {
  const browser = new Browser(member)
  const response = await browser.authorize({
    response_type: 'code',
    client_id: of.clientId,
    redirect_uri: CALLBACK,
    state: 's',
  })
  return { browser, requestId: requestIdOf(response) }
}
let named = 0
const approval = (teamId = acme.id) => ({
  decision: 'approve',
  teamId,
  serviceUserName: `approved-${++named}`,
})
/** How much there is of what an approval makes. */
const made = async () =>
  (
    await rows(
      'SELECT (SELECT count(*) FROM service_user) AS users, (SELECT count(*) FROM connection) AS connections, (SELECT count(*) FROM authorization_code) AS codes, (SELECT count(*) FROM team) AS teams',
    )
  )[0]

async function refusedWithout(change: () => Promise<Response>): Promise<Response> {
  const before = await made()
  const response = await change()
  expect(response.headers.get('location') ?? '').not.toContain('code=')
  expect(await made()).toEqual(before)
  return response
}

describe('a form that our page did not send (RFC 6749 §10.12)', () => {
  test.each<[string, Record<string, string>]>([
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://evil.localhost' }],
    [
      'another site, by a browser without Sec-Fetch',
      { 'sec-fetch-site': '', origin: 'https://evil.example' },
    ],
    ['a frame without an origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
  ])('%s', async (_words, headers) => {
    const { browser, requestId } = await asked(dana)
    const response = await refusedWithout(() => browser.decide(requestId, approval(), headers))
    expect(response.status).toBe(403)
  })

  test('one without our proof, with another request’s, or another member’s', async () => {
    const one = await asked(dana)
    const other = await asked(dana)
    const proofOf = async (browser: Browser, requestId: string) => {
      const view = await browser.view(requestId)
      return 'proof' in view ? view.proof : ''
    }
    const rexs = new Browser(rex)
    rexs.cookies = one.browser.cookies
    for (const proof of [
      '',
      'x',
      await proofOf(other.browser, other.requestId),
      await proofOf(rexs, one.requestId),
    ]) {
      const response = await refusedWithout(() => one.browser.decide(one.requestId, { ...approval(), proof }))
      expect(response.headers.get('location')).toBe(`/oauth/approve/${one.requestId}`)
    }
  })
})

describe('a request of another browser (RFC 9700 §4.7)', () => {
  test('is not shown and not decided, even by the same person', async () => {
    const { requestId } = await asked(dana)
    const elsewhere = (await asked(dana)).browser
    expect((await elsewhere.view(requestId)).kind).toBe('ended')
    await refusedWithout(() => elsewhere.decide(requestId, approval()))
    await refusedWithout(() => elsewhere.decide(requestId, { decision: 'deny' }))
    const [request] = await rows('SELECT decision FROM authorization_request WHERE id = $1', [requestId])
    expect(request?.decision).toBeNull()
  })
})

describe('who decides', () => {
  test('nobody who is signed out', async () => {
    const { browser, requestId } = await asked(undefined)
    const response = await refusedWithout(() => browser.decide(requestId, approval()))
    expect(locationOf(response).pathname).toBe('/sign-in')
    expect(locationOf(response).searchParams.get('next')).toBe(`/oauth/approve/${requestId}`)
  })

  test('nobody whose sign-in is long ago, before signing in again', async () => {
    const { browser, requestId } = await asked(await aMember('Dana Again', 16))
    const response = await refusedWithout(() => browser.decide(requestId, approval()))
    expect(locationOf(response).searchParams.get('again')).toBe('1')
  })

  test('not a reviewer, not a member of another team, not with a team’s id that is made up', async () => {
    const reviewer = await asked(rex)
    expect((await reviewer.browser.view(reviewer.requestId)).kind).toBe('not-admin')
    await refusedWithout(() => reviewer.browser.decide(reviewer.requestId, approval()))
    await refusedWithout(() =>
      reviewer.browser.decide(reviewer.requestId, { ...approval(''), newTeam: 'Mine' }),
    )
    const foreign = await asked(dana)
    for (const teamId of [beta.id, '0199aaaa-0000-7000-8000-000000000000', '', 'x'])
      await refusedWithout(() => foreign.browser.decide(foreign.requestId, approval(teamId)))
  })

  test('a client that belongs to a team connects no other', async () => {
    const betas = await aClient({ name: 'Beta’s Okta', ownerTeamId: beta.id })
    const { browser, requestId } = await asked(dana, betas)
    await refusedWithout(() => browser.decide(requestId, approval()))
    await refusedWithout(() => browser.decide(requestId, { ...approval(''), newTeam: 'Mine' }))
  })
})

describe('whose tokens an approval replaces', () => {
  test('those of its own client’s connection in its own team, when the code is redeemed', async () => {
    const first = await aCode(client, acme, dana)
    const { access_token: old } = (await redeem(client, first.code)).json
    const [connection] = await rows('SELECT id FROM connection ORDER BY id DESC LIMIT 1')
    const again = await aCode(client, acme, dana, { fields: { connection: connection?.id } })
    expect(await scimStatus(old)).toBe(200)
    const { access_token: fresh } = (await redeem(client, again.code)).json
    expect([await scimStatus(old), await scimStatus(fresh)]).toEqual([401, 200])
    expect((await made())?.users).toBe((await made())?.connections)
  })

  test('not those of another team’s, nor of another client’s', async () => {
    const bea = await aMember('Bea Two')
    await joins(bea, beta, 'owner')
    await aCode(client, beta, bea)
    const [foreign] = await rows('SELECT id FROM connection WHERE team_id = $1 LIMIT 1', [beta.id])
    const other = await aClient({ name: 'Other' })
    await aCode(other, acme, dana)
    const [others] = await rows('SELECT id FROM connection WHERE client_id = $1 LIMIT 1', [other.id])
    for (const connection of [foreign?.id, others?.id, 'x']) {
      const { browser, requestId } = await asked(dana)
      await refusedWithout(() => browser.decide(requestId, { ...approval(), connection }))
    }
  })
})

test('a request ends after ten minutes, and with its client', async () => {
  const { browser, requestId } = await asked(dana)
  expect((await browser.view(requestId, {}, Date.now() + 10 * 60_000)).kind).toBe('ended')
  await rows(`UPDATE authorization_request SET expires_at = now() WHERE id = $1`, [requestId])
  const response = await refusedWithout(() => browser.decide(requestId, approval()))
  expect(response.headers.get('location')).toBe(`/oauth/approve/${requestId}`)
})

test('what leads back to the form names no secret and no other site', async () => {
  const { browser, requestId } = await asked(dana)
  const response = await browser.decide(requestId, {
    ...approval(),
    serviceUserName: '//evil.example',
    redirect_uri: 'https://evil.example',
  })
  const back = locationOf(response)
  expect(back.origin).toBe(new URL(env().PUBLIC_URL).origin)
  expect(back.pathname).toBe(`/oauth/approve/${requestId}`)
  expect([...back.searchParams.keys()].sort()).toEqual(['check', 'serviceUserName', 'teamId'])
})

test('a form without end is not read to it', async () => {
  const { browser, requestId } = await asked(dana)
  const response = await refusedWithout(() =>
    browser.decide(requestId, { ...approval(), more: 'x'.repeat(20_000) }),
  )
  expect(response.status).toBe(413)
})
