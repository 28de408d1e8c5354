import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { errorCauses } from '#lib/activity/error-causes'
import { createServiceUser } from '#lib/connections/create-service-user'
import { expireServiceUser } from '#lib/connections/expire-service-user'
import { forgetEnded } from '#lib/connections/forget-ended'
import { rotateStaticToken } from '#lib/connections/rotate-static-token'
import { tokensRunningOut } from '#lib/connections/tokens-running-out'
import { protocolFetch } from '#lib/http/protocol'
import { env } from '#lib/platform/env'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  Browser,
  CALLBACK,
  locationOf,
  oauthExchanges,
  post,
  redeem,
  refresh,
  requestIdOf,
  rows,
  scimStatus,
  type TestClient,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'

/** Tokens through a real life: lost answers, parallel requests, months of silence, a thief. */

const database = await testDatabase()
const MINUTE = 60_000
const DAY = 86_400_000
const operator = { kind: 'operator' as const, name: 'operator' }
let client: TestClient
let dana: TestMember
let acme: TestTeam
beforeAll(async () => {
  client = await aClient()
  dana = await aMember()
  acme = await aTeam('Acme', dana)
})

let elapsed = 0
/** Lets time pass, for Muster's clock alone. */
function later(milliseconds: number): void {
  elapsed += milliseconds
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(performance.timeOrigin + performance.now() + elapsed)
}
afterEach(() => {
  elapsed = 0
  vi.useRealTimers()
})

async function connected(of = client) {
  const { code } = await aCode(of, acme, dana)
  const { json } = await redeem(of, code)
  const [connection] = await rows('SELECT id, service_user_id FROM connection ORDER BY id DESC LIMIT 1')
  return { code, ...json, connectionId: connection?.id as string, serviceUserId: connection?.service_user_id }
}
const noticeOf = async (id: string) =>
  (await rows('SELECT notice FROM connection WHERE id = $1', [id]))[0]?.notice as string | null
const families = async (connectionId: string) =>
  (await rows('SELECT DISTINCT family_id FROM token WHERE connection_id = $1', [connectionId])).length

describe('refreshing', () => {
  test('slides: a token that is used at least once in its life never ends, one that is not does', async () => {
    let { refresh_token: current } = await connected()
    const life = env().REFRESH_TOKEN_DAYS * DAY
    for (let times = 0; times < 4; times++) {
      later(life - DAY)
      const { status, json } = await refresh(client, current)
      expect(status).toBe(200)
      expect(json.refresh_token).not.toBe(current)
      current = json.refresh_token
    }
    later(life + 2 * DAY)
    const late = await refresh(client, current)
    expect(late.json).toEqual({
      error: 'invalid_grant',
      error_description: 'The refresh token expired 2 days ago. Authenticate again in Okta.',
    })
  })

  test('a lost answer costs nothing: within its grace the old one gives new tokens, as often as it takes', async () => {
    const { refresh_token, connectionId } = await connected()
    for (let times = 0; times < 3; times++) {
      const { status, json } = await refresh(client, refresh_token)
      expect(status).toBe(200)
      expect(await scimStatus(json.access_token)).toBe(200)
      later(env().REFRESH_GRACE_MINUTES * MINUTE * 0.3)
    }
    expect(await noticeOf(connectionId)).toBeNull()
  })

  test('twenty at once all get tokens that work, of one family', async () => {
    const { refresh_token, connectionId } = await connected()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(client, refresh_token)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    for (const { json } of answers) expect(await scimStatus(json.access_token)).toBe(200)
    const next = await Promise.all(answers.map(({ json }) => refresh(client, json.refresh_token)))
    expect(next.every(({ status }) => status === 200)).toBe(true)
    expect(await families(connectionId)).toBe(1)
  })

  test('after its grace it was copied: the family ends, the page says so, and other connections live on', async () => {
    const other = await connected()
    const { refresh_token, connectionId } = await connected()
    const { json: fresh } = await refresh(client, refresh_token)
    later(env().REFRESH_GRACE_MINUTES * MINUTE + MINUTE)
    const { json: newest } = await refresh(client, fresh.refresh_token)
    const replay = await refresh(client, refresh_token)
    expect([replay.status, replay.json.error]).toEqual([400, 'invalid_grant'])
    expect(replay.json.error_description).toMatch(/replaced 1 day ago and used again/)
    expect(await scimStatus(newest.access_token)).toBe(401)
    const ended = await refresh(client, newest.refresh_token)
    expect(ended.json.error_description).toMatch(/revoked .* ago \(a replaced refresh token was used again\)/)
    expect(await noticeOf(connectionId)).toMatch(/used again.*Somebody may have a copy.*Authenticate again/)
    expect((await refresh(client, other.refresh_token)).status).toBe(200)
    const [event] = await rows(`SELECT * FROM activity_event WHERE action = 'token.reuse' ORDER BY id DESC`)
    expect(event).toMatchObject({ team_id: acme.id, resource_id: connectionId, actor_kind: 'muster' })
  })

  test('a public client’s grace is two minutes: a copy of its token is all a thief needs (RFC 9700 §2.2.2)', async () => {
    const open = await aClient({ name: 'Public', confidential: false })
    const ask = (more: Record<string, string>) => post('/oauth/token', { client_id: open.clientId, ...more })
    const verifier = 'v'.repeat(43)
    const { s256 } = await import('#lib/oauth/code-challenge')
    const { code } = await aCode(open, acme, dana, {
      query: { code_challenge: s256(verifier), code_challenge_method: 'S256' },
    })
    const { json } = await ask({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    })
    const again = () => ask({ grant_type: 'refresh_token', refresh_token: json.refresh_token })
    expect((await again()).status).toBe(200)
    later(MINUTE)
    expect((await again()).status).toBe(200)
    later(MINUTE)
    expect((await again()).json.error).toBe('invalid_grant')
    expect(await scimStatus(json.access_token)).toBe(401)
  })
})

describe('races', () => {
  test('a code redeemed by fifty at once gives one token family', async () => {
    const { code } = await aCode(client, acme, dana)
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(client, code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ json }) => json.error === 'invalid_grant')).toHaveLength(49)
    const [connection] = await rows('SELECT id FROM connection ORDER BY id DESC LIMIT 1')
    expect(await families(connection?.id)).toBe(1)
    // RFC 6749 §4.1.2: it was presented more than once, so nobody keeps what it gave.
    const [{ live }] = (await rows(
      'SELECT count(*) AS live FROM token WHERE connection_id = $1 AND revoked_at IS NULL',
      [connection?.id],
    )) as [{ live: number }]
    expect(live).toBe(0)
  })

  test('approve clicked five times makes one service user, and one family, whichever answer is followed', async () => {
    const browser = new Browser(dana)
    const requestId = requestIdOf(
      await browser.authorize({
        response_type: 'code',
        client_id: client.clientId,
        redirect_uri: CALLBACK,
        state: 'x',
      }),
    )
    const form = { decision: 'approve', teamId: acme.id, serviceUserName: 'clicked-often' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.decide(requestId, form)))
    const codes = answers.map((each) => locationOf(each).searchParams.get('code') as string)
    expect(new Set(codes).size).toBe(5)
    const made = await rows(
      `SELECT c.id FROM connection c JOIN service_user s ON s.team_id = c.team_id AND s.id = c.service_user_id WHERE s.name LIKE 'clicked-often%'`,
    )
    expect(made).toHaveLength(1)
    const { status, json } = await redeem(client, codes[3] as string)
    expect(status).toBe(200)
    for (const code of codes.filter((_, at) => at !== 3))
      expect((await redeem(client, code)).json.error).toBe('invalid_grant')
    expect(await families(made[0]?.id)).toBe(1)
    expect(await scimStatus(json.access_token)).toBe(200)
  })

  test('a revocation among parallel refreshes leaves nothing alive', async () => {
    const { refresh_token, connectionId, serviceUserId } = await connected()
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, () => refresh(client, refresh_token))),
      expireServiceUser({ teamId: acme.id, serviceUserId, actor: operator }),
    ])
    for (const { status, json } of answers)
      if (status === 200) expect(await scimStatus(json.access_token)).toBe(401)
    const live = await rows(
      'SELECT 1 FROM token WHERE connection_id = $1 AND revoked_at IS NULL AND expires_at > now()',
      [connectionId],
    )
    expect(live).toEqual([])
  })
})

describe('refused on the very next request, with the cause, attributed to its connection', () => {
  const scim = async (token: string) => {
    const answer = await protocolFetch(
      new Request(`${env().PUBLIC_URL}/scim/v2/Users`, { headers: { authorization: `Bearer ${token}` } }),
    )
    return { status: answer.status, challenge: answer.headers.get('www-authenticate') ?? '' }
  }
  const lastRecord = async (connectionId: string) => {
    await oauthExchanges()
    return (
      await rows('SELECT * FROM exchange WHERE connection_id = $1 ORDER BY id DESC LIMIT 1', [connectionId])
    )[0]
  }

  test('expired', async () => {
    const { access_token, connectionId } = await connected()
    later(env().ACCESS_TOKEN_MINUTES * MINUTE + 2 * DAY)
    const { status, challenge } = await scim(access_token)
    expect(status).toBe(401)
    expect(challenge).toContain('error="invalid_token"')
    expect(challenge).toContain('The access token expired 2 days ago.')
    expect(await lastRecord(connectionId)).toMatchObject({
      team_id: acme.id,
      status: 401,
      error_type: 'token expired',
      error_detail: 'The access token expired 2 days ago.',
    })
  })

  test('revoked by another process', async () => {
    const { access_token, connectionId } = await connected()
    expect((await scim(access_token)).status).toBe(200)
    const elsewhere = new pg.Client({ connectionString: database.url })
    await elsewhere.connect()
    await elsewhere.query(
      `UPDATE token SET revoked_at = now(), revoked_reason = 'a test' WHERE connection_id = $1`,
      [connectionId],
    )
    await elsewhere.end()
    const { status, challenge } = await scim(access_token)
    expect(status).toBe(401)
    expect(challenge).toMatch(/The access token was revoked \d+ seconds? ago \(a test\)/)
    expect(await lastRecord(connectionId)).toMatchObject({ error_type: 'token revoked' })
  })

  test('a refused refresh too, which shows as the connection’s error', async () => {
    const { refresh_token, connectionId, serviceUserId } = await connected()
    await expireServiceUser({ teamId: acme.id, serviceUserId, actor: operator })
    later(MINUTE)
    expect((await refresh(client, refresh_token)).json.error_description).toMatch(/expired 1 minute ago/)
    const record = await lastRecord(connectionId)
    expect(record).toMatchObject({ team_id: acme.id, kind: 'oauth', action: 'token.refused' })
    const [connection] = await rows('SELECT last_error_at, last_push_at FROM connection WHERE id = $1', [
      connectionId,
    ])
    expect(connection?.last_error_at).toBeInstanceOf(Date)
    expect(connection?.last_push_at).toBeNull()

    // Each refusal counts the time anew: it is one cause.
    later(MINUTE)
    expect((await refresh(client, refresh_token)).json.error_description).toMatch(/expired 2 minutes ago/)
    await oauthExchanges()
    const causes = await errorCauses(acme.id, Date.now(), 50)
    expect(causes.filter((cause) => cause.connectionId === connectionId)).toMatchObject([
      { kind: 'oauth', status: 400, errorType: 'invalid_grant', count: 2 },
    ])
  })
})

describe('before it is too late', () => {
  const of = async (connectionId: string) =>
    (await tokensRunningOut({ teamId: acme.id, connectionId, now: Date.now() }))[0]

  test('a connection is named from twenty days before its tokens end until they are renewed', async () => {
    const { refresh_token, connectionId } = await connected()
    expect(await of(connectionId)).toBeUndefined()
    later((env().REFRESH_TOKEN_DAYS - 19) * DAY)
    expect(await of(connectionId)).toMatchObject({ state: 'ending', credential: 'refresh', connectionId })
    await refresh(client, refresh_token)
    expect(await of(connectionId)).toBeUndefined()
    later((env().REFRESH_TOKEN_DAYS + 1) * DAY)
    expect(await of(connectionId)).toMatchObject({ state: 'ended' })
  })

  test('a static token that ends is named, one that has a successor is not, nor client credentials', async () => {
    const now = Date.now()
    const made = await createServiceUser({
      teamId: acme.id,
      name: 'by-hand',
      createdBy: 'operator',
      expiresAt: new Date(now + 5 * DAY),
    })
    const connectionId = made.connection.id
    expect(await of(connectionId)).toMatchObject({ state: 'ending', credential: 'static' })
    await rotateStaticToken({ teamId: acme.id, serviceUserId: made.serviceUser.id, actor: operator, now })
    expect(await of(connectionId)).toBeUndefined()
    const other = await aTeam('Other')
    expect(await tokensRunningOut({ teamId: other.id, now })).toEqual([])
  })
})

test('what ended is forgotten after its retention, and not before; what lives stays', async () => {
  const { refresh_token, access_token } = await connected()
  await new Browser().authorize({ response_type: 'code', client_id: client.clientId, redirect_uri: CALLBACK })
  const count = async (table: string) => (await rows(`SELECT count(*) AS n FROM ${table}`))[0]?.n as number
  later(89 * DAY)
  expect(await forgetEnded(Date.now(), 90)).toMatchObject({ codes: 0, tokens: 0 })
  expect(await count('authorization_request')).toBe(0)
  later(2 * DAY)
  const { tokens, codes } = await forgetEnded(Date.now(), 90)
  expect(tokens).toBeGreaterThan(0)
  expect(codes).toBeGreaterThan(0)
  expect(await count('authorization_code')).toBe(0)
  expect(await scimStatus(access_token)).toBe(401)
  expect((await refresh(client, refresh_token)).status).toBe(200)
})
