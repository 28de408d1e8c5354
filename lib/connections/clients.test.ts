import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  basic,
  CALLBACK,
  post,
  redeem,
  refresh,
  rows,
  scimStatus,
  type TestMember,
  type TestTeam,
} from '#tests/oauth-world'
import { addRedirectUris, removeRedirectUri, renameClient, setClientDisabled } from './change-client.ts'
import { clientDetail } from './client-detail.ts'
import { connectClient } from './connect-client.ts'
import { connectionSummaries, healthOf } from './connection-summaries.ts'
import { endClientSecret, rotateClientSecret } from './rotate-client-secret.ts'
import { setupProgress } from './setup-progress.ts'
import { tokensRunningOut } from './tokens-running-out.ts'

await testDatabase()
const DAY = 86_400_000
let dana: TestMember
let acme: TestTeam
let other: TestTeam
const now = Date.now()

beforeAll(async () => {
  dana = await aMember()
  acme = await aTeam('Acme', dana)
  other = await aTeam('Other', await aMember())
})

async function registered(confidential = true) {
  const client = await aClient({ ownerTeamId: acme.id, confidential })
  const change = {
    teamId: acme.id,
    clientRowId: client.id,
    actor: { kind: 'member', id: dana.id, name: dana.email } as const,
  }
  return { client, change }
}

describe('a leaked client secret', () => {
  test('is replaced without approving again: tokens go on, and both secrets work until the old one ends', async () => {
    const { client, change } = await registered()
    const { code } = await aCode(client, acme, dana)
    const first = (await redeem(client, code)).json
    const { secret } = await rotateClientSecret({ ...change, now })
    const renewed = { ...client, clientSecret: secret }
    const second = (await refresh(client, first.refresh_token)).json
    const third = await refresh(renewed, second.refresh_token)
    expect(third.status).toBe(200)
    const { secrets = [] } = (await clientDetail(acme.id, client.id, now)) ?? {}
    const old = secrets.find(({ hint }) => hint === client.clientSecret.slice(-4))
    await endClientSecret({ ...change, secretId: old?.id ?? '', now: Date.now() })
    expect((await refresh(client, third.json.refresh_token)).json).toMatchObject({ error: 'invalid_client' })
    expect((await refresh(renewed, third.json.refresh_token)).status).toBe(200)
    expect(await scimStatus(third.json.access_token)).toBe(200)
  })

  test('ends at once when it is told to', async () => {
    const { client, change } = await registered()
    const { secret } = await rotateClientSecret({ ...change, othersEndAt: new Date(now), now })
    const ask = (clientSecret: string) =>
      post('/oauth/introspect', { token: 'x' }, { authorization: basic({ ...client, clientSecret }) })
    expect((await ask(client.clientSecret)).status).toBe(401)
    expect((await ask(secret)).status).toBe(200)
  })

  test('the last secret is not ended: disabling the client is what cuts it off', async () => {
    const { client, change } = await registered()
    const [only] = (await clientDetail(acme.id, client.id, now))?.secrets ?? []
    await expect(endClientSecret({ ...change, secretId: only?.id ?? '', now })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      rotateClientSecret({ ...change, othersEndAt: new Date(now + 200 * DAY), now }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  test('a public client has none', async () => {
    const { change } = await registered(false)
    await expect(rotateClientSecret({ ...change, now })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('redirect URIs', () => {
  test('are added and removed one by one; what is registered twice is there once', async () => {
    const { client, change } = await registered()
    const uri = 'https://example.com/callback'
    expect(await addRedirectUris({ ...change, redirectUris: [uri, CALLBACK, uri] })).toBe(1)
    await removeRedirectUri({ ...change, uri: CALLBACK })
    expect((await clientDetail(acme.id, client.id, now))?.redirectUris).toEqual([uri])
  })

  test.each(['http://example.com/cb', 'https://example.com/*', 'https://example.com/cb#f', 'nonsense'])(
    'refuses %s, and none of those beside it are kept',
    async (bad) => {
      const { client, change } = await registered()
      await expect(
        addRedirectUris({ ...change, redirectUris: ['https://example.com/good', bad] }),
      ).rejects.toMatchObject({ code: 'invalid' })
      expect((await clientDetail(acme.id, client.id, now))?.redirectUris).toEqual([CALLBACK])
    },
  )

  test('end at twenty', async () => {
    const { client, change } = await registered()
    const many = Array.from({ length: 20 }, (_, n) => `https://example.com/${n}`)
    await expect(addRedirectUris({ ...change, redirectUris: many })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect((await clientDetail(acme.id, client.id, now))?.redirectUris).toHaveLength(1)
  })
})

test('its page tells of a connection what every other page tells', async () => {
  const { client } = await registered()
  const { code } = await aCode(client, acme, dana)
  const { json } = await redeem(client, code)
  const shown = async () => {
    const at = Date.now()
    const [[onList], ending, detail] = await Promise.all([
      connectionSummaries(acme.id),
      tokensRunningOut({ teamId: acme.id, now: at }),
      clientDetail(acme.id, client.id, at),
    ])
    const [onPage] = detail?.connections ?? []
    expect(onPage?.id).toBe(onList?.id)
    const tokens = ending.find(({ connectionId }) => connectionId === onPage?.id)?.state
    expect(onPage?.health).toEqual(onList && healthOf(onList, at, tokens))
    return onPage?.health.kind
  }
  expect(await shown()).toBe('waiting')
  await post('/oauth/revoke', { token: json.refresh_token }, { authorization: basic(client) })
  expect(await shown()).toBe('tokenless')
})

test('connected without a browser, a client gets tokens by its id and secret alone; and only once', async () => {
  const { client, change } = await registered()
  const ask = () =>
    post('/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic(client) })
  expect((await ask()).json).toMatchObject({ error: 'unauthorized_client' })
  const connect = (name: string) => connectClient({ ...change, name, createdBy: dana.email, now })
  const both = await Promise.allSettled([connect('entra-one'), connect('entra-two')])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const { json } = await ask()
  expect(await scimStatus(json.access_token)).toBe(200)
  expect(
    await rows(
      'SELECT 1 FROM token t JOIN connection c ON c.id = t.connection_id WHERE c.client_id = $1 AND t.kind = $2',
      [client.id, 'static'],
    ),
  ).toEqual([])
})

test('a client that asks for a new token each time holds the fifty newest, and leaves no heap of old ones', async () => {
  const { client, change } = await registered()
  await connectClient({ ...change, name: 'entra-often', createdBy: dana.email, now })
  const ask = async () =>
    (await post('/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic(client) })).json
      .access_token as string
  const tokens = [await ask(), await ask()]
  await rows(
    `INSERT INTO token (team_id, token_hash, id, kind, family_id, connection_id, service_user_id, client_id, scope, hint, created_at, expires_at)
     SELECT team_id, 'old ' || n, gen_random_uuid(), kind, family_id, connection_id, service_user_id, client_id, scope, hint,
            created_at - interval '2 days', expires_at - interval '2 days'
     FROM token, generate_series(1, 600) n WHERE id = (SELECT id FROM token WHERE client_id = $1 LIMIT 1)`,
    [client.id],
  )
  while (tokens.length < 51) tokens.push(await ask())
  const [first = '', second = ''] = tokens
  expect(await scimStatus(first)).toBe(401)
  for (const live of [second, tokens.at(-1) ?? '']) expect(await scimStatus(live)).toBe(200)
  const [kept] = await rows('SELECT count(*)::int AS n FROM token WHERE client_id = $1', [client.id])
  expect(kept?.n).toBe(500)
})

test('disabled, a client gets nothing; enabled, it goes on', async () => {
  const { client, change } = await registered()
  const { code } = await aCode(client, acme, dana)
  const { refresh_token } = (await redeem(client, code)).json
  await setClientDisabled({ ...change, disabled: true, now })
  expect((await refresh(client, refresh_token)).json).toMatchObject({ error: 'invalid_client' })
  await setClientDisabled({ ...change, disabled: false, now })
  expect((await refresh(client, refresh_token)).status).toBe(200)
})

test('the set-up page names the last request of its app, a wrong secret as well', async () => {
  const { client, change } = await registered()
  const progress = () => setupProgress(acme.id, client.id, Date.now())
  expect((await progress())?.lastRequest).toBeUndefined()
  await post(
    '/oauth/token',
    { grant_type: 'client_credentials' },
    { authorization: basic({ ...client, clientSecret: 'wrong' }) },
  )
  const { exchangeWriter } = await import('#lib/activity/exchange-writer')
  await exchangeWriter().flush()
  expect((await progress())?.lastRequest).toMatchObject({ path: '/oauth/token', status: 401 })
  await renameClient({ ...change, name: 'Okta, production' })
  expect(await progress()).toMatchObject({ clientName: 'Okta, production', approvedAt: undefined })
})

test('another team finds none of it, and changes none of it', async () => {
  const { client, change } = await registered()
  const foreign = { ...change, teamId: other.id }
  expect(await clientDetail(other.id, client.id, now)).toBeUndefined()
  expect(await setupProgress(other.id, client.id, now)).toBeUndefined()
  const acts = [
    () => rotateClientSecret({ ...foreign, now }),
    () => endClientSecret({ ...foreign, secretId: newId(), now }),
    () => addRedirectUris({ ...foreign, redirectUris: ['https://evil.example/cb'] }),
    () => removeRedirectUri({ ...foreign, uri: CALLBACK }),
    () => renameClient({ ...foreign, name: 'Evil' }),
    () => setClientDisabled({ ...foreign, disabled: true, now }),
    () => connectClient({ ...foreign, name: 'evil', createdBy: 'eve', now }),
  ]
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'not_found' })
  expect(await clientDetail(acme.id, client.id, now)).toMatchObject({
    name: 'Okta',
    redirectUris: [CALLBACK],
  })
})
