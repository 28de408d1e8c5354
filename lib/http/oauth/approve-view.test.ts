import { expect, test } from 'vitest'
import { testDatabase } from '#tests/database'
import {
  aClient,
  aCode,
  aMember,
  aTeam,
  Browser,
  CALLBACK,
  post,
  redeem,
  requestIdOf,
} from '#tests/oauth-world'

await testDatabase()

test('authenticating again means the connection that ended; beside one that lives it makes a second', async () => {
  const dana = await aMember()
  const acme = await aTeam('Acme', dana)
  const client = await aClient({ ownerTeamId: acme.id })
  const view = async (minutesLater: number, search = {}) => {
    const browser = new Browser(dana)
    const query = { response_type: 'code', client_id: client.clientId, redirect_uri: CALLBACK }
    const requestId = requestIdOf(await browser.authorize(query))
    const shown = await browser.view(requestId, search, Date.now() + minutesLater * 60_000)
    if (shown.kind !== 'grant') throw new Error(`the page shows ${shown.kind}`)
    return shown
  }
  const chosen = async (minutesLater: number, search = {}) => (await view(minutesLater, search)).connection
  expect(await chosen(0)).toBe('new')

  const { code } = await aCode(client, acme, dana)
  expect(await chosen(0)).toBe('new') // its code is on its way
  const { refresh_token } = (await redeem(client, code)).json
  const [connection] = (await view(5)).existing
  expect(connection?.ended).toBe(false)
  expect(await chosen(5)).toBe('new')

  const revoked = await post('/oauth/revoke', {
    token: refresh_token,
    client_id: client.clientId,
    client_secret: client.clientSecret,
  })
  expect(revoked.status).toBe(200)
  expect(await chosen(5)).toBe(connection?.id)
  expect(await chosen(5, { connection: 'new' })).toBe('new')

  await aCode(client, acme, dana)
  expect(await chosen(5)).toBe('new') // two that ended: whose tokens are to be replaced is for the person to say
})
