import { createHash, createHmac, randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { databaseOf } from './support/database.ts'
import { Fields, leadsTo, Person, type ServerAction, serverActions } from './support/person.ts'
import { everyRow, Secrets } from './support/secrets.ts'
import { type RunningMuster, startMuster } from './support/server.ts'

/**
 * Marked secrets go through every flow, rightly and wrongly, with the most talkative log; afterwards none of them is in
 * the log, the database, a page, or the answer to a request that was refused.
 */

const CALLBACK = 'http://127.0.0.1:9/callback'
const EMAIL = 'dana@acme.example'
const TEAM = 'app/(dashboard)/[team]/'
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const random = (name: string) => `canary-${name}-${randomBytes(9).toString('hex')}`

let muster: RunningMuster
let secrets: Secrets
let owner: Person
let actions: Map<string, ServerAction>
test.beforeAll(async () => {
  muster = await startMuster({ env: { LOG_LEVEL: 'trace' } })
  secrets = new Secrets()
  owner = new Person(muster.url)
  actions = serverActions()
})
test.afterAll(() => muster?.stop())

const actionId = (name: string) => {
  const action = actions.get(name)
  if (!action) throw new Error(`The build has no server action ${name}`)
  return action.id
}
const act = (page: string, name: string, args: unknown[], by = owner) => by.act(page, actionId(name), args)

/** An action of the team, on a page that has it. */
const inTeam = (name: string, args: unknown[]) => {
  const page = actions.get(TEAM + name)?.page ?? ''
  return act(page.replace('[team]', 'acme').replace('[id]', String(args[0])), TEAM + name, ['acme', ...args])
}

/** A request that must be refused, in whatever form. */
async function refused(response: Response | Promise<Response>): Promise<void> {
  const given = await response
  const text = await given.clone().text()
  const said =
    given.status >= 400 ||
    /[?&](?:error|csrf)=|"errors?":[^,]*\w+ |"formError":/.test(`${leadsTo(given)} ${text}`)
  expect(said, `${given.url} refuses: ${given.status} ${text.slice(0, 200)}`).toBe(true)
  await secrets.refused(given)
}

/** A token in what an action answers with. */
async function tokenIn(response: Response, shape: RegExp): Promise<string> {
  const text = await response.text()
  const found = shape.exec(text)?.[0]
  if (!found) throw new Error(`no ${shape} in ${text.slice(0, 400)}`)
  return found
}

async function people(): Promise<void> {
  const setUp = 'app/(auth)/setup/actions.ts#setUp'
  const token = secrets.mark('set-up token', new URL(muster.setupUrl ?? '').searchParams.get('token') ?? '')
  const password = secrets.mark('password', random('password'))
  const person = { token, teamName: 'Acme', name: 'Dana', email: EMAIL, password }
  const page = `/setup?token=${token}`
  await refused(act(page, setUp, [{}, new Fields({ ...person, token: `${token}x` })]))
  await refused(act(page, setUp, [{}, new Fields({ ...person, email: 'no address' })]))
  await refused(act(page, setUp, [{}, new Fields({ ...person, name: '' })]))
  expect(leadsTo(await act(page, setUp, [{}, new Fields(person)]))).toContain('/acme')
  await refused(act(page, setUp, [{}, new Fields(person)]))

  const wrong = secrets.mark('wrong password', random('wrong'))
  await refused(owner.signIn(EMAIL, wrong))
  await refused(owner.signIn(password, wrong)) // typed into the wrong field
  await refused(
    owner.submit('/sign-in/submit', { email: EMAIL, password }, { 'sec-fetch-site': 'cross-site' }),
  )
  await refused(
    owner.send('/api/auth/callback/credentials', { method: 'POST', body: `password=${password}` }),
  )
  expect(leadsTo(await owner.signIn(EMAIL, password))).toBe('/')
  secrets.mark('session cookie', owner.cookies.get('muster.session') ?? '')
  secrets.mark('device cookie', owner.cookies.get('muster.device') ?? '')

  const change = (current: string, next: string) =>
    act('/account', 'app/(auth)/account/actions.ts#savePassword', [{}, new Fields({ current, next })])
  const next = secrets.mark('new password', random('next'))
  await refused(change(wrong, next))
  await refused(change(password, 'short'))
  expect((await change(password, next)).status).toBe(200)

  const invited = await inTeam('settings/members/actions.ts#invite', [
    {},
    new Fields({ email: 'ivy@acme.example', role: 'reviewer' }),
  ])
  const invitation = secrets.mark(
    'invitation',
    (await tokenIn(invited, /\/invite\/[\w-]+/)).slice('/invite/'.length),
  )
  const accept = (fields: Record<string, string>) =>
    act(
      `/invite/${invitation}`,
      'app/(auth)/invite/[token]/actions.ts#accept',
      [invitation, {}, new Fields(fields)],
      new Person(muster.url),
    )
  await refused(accept({ name: 'Ivy', password: 'short' }))
  const ivys = secrets.mark('password of the invited', random('invited'))
  expect(leadsTo(await accept({ name: 'Ivy', password: ivys }))).toContain('/acme')
  await refused(accept({ name: 'Ivy', password: ivys }))
}

/** RFC 6238, as an authenticator app does it. */
function totp(secret: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE((mac[19] as number) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** Two-step sign-in on, then lost, and the account recovered by the operator's link. */
async function recovery(): Promise<void> {
  const html = await (await owner.send('/account/two-step')).text()
  const shown = (name: string) => new RegExp(`${name}\\\\?":\\\\?"([^"\\\\]+)`).exec(html)?.[1] ?? ''
  const secret = secrets.mark('authenticator secret', shown('secret'))
  const sealed = shown('sealed')
  const turnOn = (code: string) =>
    act('/account/two-step', 'app/(auth)/account/two-step/actions.ts#turnOn', [
      {},
      new Fields({ enrolment: sealed, code }),
    ])
  expect(await (await turnOn('000000')).text()).toContain('"error"')
  const codes = (await (await turnOn(totp(secret))).text()).match(/"recoveryCodes":\[([^\]]+)\]/)?.[1] ?? ''
  for (const [at, code] of (JSON.parse(`[${codes}]`) as string[]).entries())
    secrets.mark(`recovery code ${at}`, code)

  const made = await muster.command(['member', 'recover', '--email', EMAIL, '--drop-second-factor', '--json'])
  const token = secrets.mark(
    'recovery link',
    new URL(JSON.parse(made.stdout).url).pathname.split('/')[2] ?? '',
  )
  const recover = (password: string) =>
    act(`/recover/${token}`, 'app/(auth)/recover/[token]/actions.ts#recover', [
      token,
      {},
      new Fields({ password }),
    ])
  await refused(recover('short'))
  const recovered = secrets.mark('recovered password', random('recovered'))
  expect(leadsTo(await recover(recovered))).toBe('/')
  await refused(recover(recovered))
  secrets.mark('session after the recovery', owner.cookies.get('muster.session') ?? '')
}

type Client = { id: string; rowId: string; secret: string }

async function client(): Promise<Client> {
  const made = await inTeam('connections/clients/actions.ts#registerClient', [
    {},
    new Fields({ name: 'Okta', redirectUri: CALLBACK }),
  ])
  const text = await made.text()
  const one = (name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1] ?? ''
  const secret = secrets.mark('client secret', one('secret'))
  return { id: one('clientId'), rowId: one('clientRowId'), secret }
}

const basic = (name: string, secret: string) =>
  `Basic ${secrets.mark(`Basic of ${name} ${secret.slice(-4)}`, Buffer.from(`${name}:${secret}`).toString('base64'))}`

/** An approved code, as the pages give it. */
async function code({ id }: Client, name: string, challenge: string): Promise<string> {
  const asked = await owner.send(
    `/oauth/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: id,
      redirect_uri: CALLBACK,
      state: 's',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })}`,
  )
  const page = leadsTo(asked) ?? ''
  const html = await (await owner.send(page)).text()
  const field = (field: string) =>
    new RegExp(`name="${field}"[^>]*value="([^"]*)"`).exec(html)?.[1] ??
    new RegExp(`value="([^"]*)"[^>]*name="${field}"`).exec(html)?.[1] ??
    ''
  const form = { proof: field('proof'), teamId: field('teamId'), connection: 'new' }
  await refused(
    owner.submit(`${page}/decision`, { ...form, proof: 'x', decision: 'approve' }).then(notApproved),
  )
  const answer = await owner.submit(`${page}/decision`, {
    ...form,
    decision: 'approve',
    serviceUserName: name,
  })
  return secrets.mark(`code of ${name}`, new URL(leadsTo(answer) ?? '').searchParams.get('code') ?? '')
}
/** A decision that led back to its form, as an error. */
async function notApproved(response: Response): Promise<Response> {
  expect(leadsTo(response)).toMatch(/^\/oauth\/approve\/[^?]+$/)
  return new Response(await response.text(), { status: 400, headers: response.headers })
}

async function tokens(of: Client): Promise<{ access: string; refresh: string }> {
  const post = (path: string, body: Record<string, string>, authorization?: string, type?: string) =>
    fetch(muster.url + path, {
      method: 'POST',
      headers: {
        'content-type': type ?? 'application/x-www-form-urlencoded',
        ...(authorization ? { authorization } : {}),
      },
      body: type ? JSON.stringify(body) : new URLSearchParams(body).toString(),
    })
  const verifier = secrets.mark('verifier', `${random('verifier')}${'v'.repeat(30)}`)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const given = await code(of, 'okta-one', challenge)
  const exchange = {
    grant_type: 'authorization_code',
    code: given,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  }
  const good = basic(of.id, of.secret)
  await refused(post('/oauth/token', exchange, basic(of.id, secrets.mark('wrong secret', random('secret')))))
  await refused(post('/oauth/token', exchange, basic(of.secret, of.secret))) // pasted into both fields
  await refused(post('/oauth/token', { ...exchange, client_id: of.secret, client_secret: of.secret }))
  await refused(post('/oauth/token', { ...exchange, client_secret: of.secret }, good))
  await refused(post('/oauth/token', { ...exchange, redirect_uri: `${CALLBACK}?${given}` }, good))
  await refused(
    post('/oauth/token', { ...exchange, client_secret: of.secret }, undefined, 'application/json'),
  )
  await refused(post(`/oauth/token?client_secret=${of.secret}&code=${given}`, exchange, good))
  await refused(post('/oauth/token', { ...exchange, code_verifier: `${verifier}x` }, good))
  await refused(post('/oauth/token', { ...exchange, [given]: 'x', grant_type: given }, good))
  await refused(fetch(`${muster.url}/oauth/token?code=${given}`))
  await refused(owner.send(`/oauth/authorize?client_id=${of.secret}`))
  const issued = (await (await post('/oauth/token', exchange, good)).json()) as Record<string, string>
  const access = secrets.mark('access token', issued.access_token ?? '')
  const refresh = secrets.mark('refresh token', issued.refresh_token ?? '')

  const again = await post('/oauth/token', { grant_type: 'refresh_token', refresh_token: refresh }, good)
  const second = (await again.json()) as Record<string, string>
  secrets.mark('second access token', second.access_token ?? '')
  secrets.mark('second refresh token', second.refresh_token ?? '')
  await refused(post('/oauth/token', { grant_type: 'refresh_token', refresh_token: access }, good))
  await refused(post('/oauth/introspect', { token: access }))
  expect((await post('/oauth/introspect', { token: access }, good)).status).toBe(200)
  expect((await post('/oauth/revoke', { token: second.access_token ?? '' }, good)).status).toBe(200)

  // A second approval, whose code is presented twice.
  const stolen = await code(of, 'okta-two', challenge)
  const twice = () => post('/oauth/token', { ...exchange, code: stolen }, good)
  const first = (await (await twice()).json()) as Record<string, string>
  secrets.mark('revoked access token', first.access_token ?? '')
  secrets.mark('revoked refresh token', first.refresh_token ?? '')
  await refused(twice())
  await refused(scim('GET', '/Users', undefined, `Bearer ${first.access_token}`))
  return { access, refresh }
}

function scim(method: string, path: string, body?: unknown, authorization?: string, type?: string) {
  return fetch(`${muster.url}/scim/v2${path}`, {
    method,
    headers: {
      ...(authorization ? { authorization } : {}),
      'content-type': type ?? 'application/scim+json',
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function provisioning(access: string): Promise<void> {
  const made = await inTeam('connections/service-users/actions.ts#makeServiceUser', [
    {},
    new Fields({ name: 'by-hand' }),
  ])
  const text = await made.text()
  const byHand = secrets.mark('static token', /mst_st_\w+/.exec(text)?.[0] ?? '')
  const serviceUser = /service-users\/([0-9a-f-]{36})/.exec(text)?.[1] ?? ''
  for (const authorization of [`Bearer ${access}`, byHand, basic('by-hand', byHand)])
    expect((await scim('GET', '/Users?count=1', undefined, authorization)).status).toBe(200)

  const bearer = `Bearer ${byHand}`
  const password = secrets.mark('SCIM password', random('scim'))
  const ana = { schemas: [USER], userName: 'ana@acme.example', password }
  const answer = await scim('POST', '/Users', ana, bearer)
  expect(answer.status).toBe(201)
  expect(await answer.clone().text()).not.toContain('password')
  const { id } = (await answer.json()) as { id: string }
  const patch = (...Operations: object[]) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations,
  })
  expect((await scim('PUT', `/Users/${id}`, ana, bearer)).status).toBe(200)
  for (const operation of [
    { op: 'replace', path: 'password', value: password },
    { op: 'replace', value: { password } },
    { op: 'add', path: `${USER}:password`, value: password },
    { op: 'Replace', path: 'Password', value: password },
  ])
    expect((await scim('PATCH', `/Users/${id}`, patch(operation), bearer)).status).toBeLessThan(300)

  await refused(scim('POST', '/Users', ana, bearer)) // taken
  await refused(scim('POST', '/Users', { ...ana, userName: { deep: 'x' } }, bearer))
  await refused(scim('POST', '/Users', { ...ana, userName: '', emails: [{ value: 7 }] }, bearer))
  await refused(scim('POST', '/Users', JSON.stringify(ana).slice(0, -1), bearer))
  await refused(scim('POST', '/Users', { ...ana, name: 'x'.repeat(70_000) }, bearer))
  await refused(scim('POST', '/Users', JSON.stringify(ana), bearer, 'text/plain'))
  await refused(scim('POST', '/Users', `{"userName":"b","p\\u0061ssword":"${password}"`, bearer))
  // Refused or tolerated, as SCIM sees fit: never echoed.
  for (const operation of [
    { op: 'replace', path: `password[${password}`, value: password },
    { op: 'replace', path: 'password', value: { deep: [password] } },
    { op: 'nothing', path: 'password', value: password },
    { op: 'remove', path: `emails[value eq "${byHand}"]` },
  ])
    await secrets.refused(await scim('PATCH', `/Users/${id}`, patch(operation), bearer))
  const filter = `password eq "${password}"`
  await secrets.refused(await scim('GET', `/Users?${new URLSearchParams({ filter })}`, undefined, bearer))
  await secrets.refused(await scim('GET', `/Users?filter=${filter} and (`, undefined, bearer))
  await secrets.refused(await scim('POST', '/Users/.search', { filter, schemas: [] }, bearer))
  await secrets.refused(
    await scim(
      'POST',
      '/Bulk',
      { Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: ana }] },
      bearer,
    ),
  )
  await refused(scim('GET', `/Users/${byHand}`, undefined, bearer)) // pasted as an id
  await refused(scim('GET', `/${byHand}`, undefined, bearer))
  await refused(scim('GET', `/Users?access_token=${byHand}`))
  await refused(scim('GET', '/Users', undefined, `Bearer ${byHand.slice(0, -1)}`))
  await refused(scim('GET', '/Users', undefined, `Bearer ${byHand} ${byHand}`))
  await refused(scim('GET', '/Users', undefined, basic('another', byHand)))
  await refused(scim('GET', '/Users', undefined, `Digest username="${password}"`))

  const rotated = await inTeam('connections/service-users/actions.ts#makeToken', [
    serviceUser,
    {},
    new Fields({ others: '2' }),
  ])
  secrets.mark('rotated token', await tokenIn(rotated, /mst_st_\w+/))
  await inTeam('connections/service-users/actions.ts#expireAll', [serviceUser])
  await refused(scim('GET', '/Users', undefined, bearer))
}

test('no secret is left anywhere', async () => {
  test.setTimeout(120_000)
  await people()
  await recovery()
  const okta = await client()
  const { access } = await tokens(okta)
  await provisioning(access)
  const fresh = await inTeam('connections/clients/actions.ts#newSecret', [
    okta.rowId,
    {},
    new Fields({ others: 'now' }),
  ])
  secrets.mark('new client secret', await tokenIn(fresh, /mst_cs_\w+/))
  await refused(scim('GET', '/nowhere', undefined, `Bearer ${access}`))
  expect(secrets.count).toBeGreaterThan(25)
  expect(secrets.refusals.length).toBeGreaterThan(40)

  const database = await databaseOf(muster)
  // Exchanges are written after their answers: the last one is there when all are.
  await expect
    .poll(
      async () => (await database.query(`SELECT 1 FROM exchange WHERE path = '/scim/v2/nowhere'`)).rowCount,
    )
    .toBe(1)

  const found: string[] = []
  const look = (where: string, text: string) =>
    found.push(...secrets.in(text).map((name) => `the ${name} in ${where}`))
  for (const refusal of secrets.refusals) look(`the answer ${refusal.slice(0, 60)}…`, refusal)
  for (const [table, rows] of await everyRow(database)) look(`the table ${table}`, rows)

  const { rows: entries } = await database.query<{ id: string }>(
    'SELECT id FROM exchange UNION ALL SELECT id FROM activity_event',
  )
  const rooms = [
    '',
    '/users',
    '/groups',
    '/roles',
    '/connections',
    '/connections/service-users',
    '/connections/clients',
    '/activity',
    '/settings',
    '/settings/members',
  ]
  const pages = [
    ...rooms.map((room) => `/acme${room}`),
    '/account',
    ...entries.map(({ id }) => `/acme/activity/${id}`),
  ]
  for (const page of pages) look(`the page ${page}`, await (await owner.send(page)).text())

  await database.end()
  expect(await muster.end('SIGTERM')).toBe(0)
  // The set-up link is shown to the operator once, at the start; it worked once.
  look('the log', muster.output().replace(muster.setupUrl ?? '', ''))
  expect(found).toEqual([])
})

test('the look finds what it looks for', () => {
  const look = new Secrets()
  const value = look.mark('one', 'a secret of "mine"')
  for (const text of [
    `x ${value} y`,
    new URLSearchParams({ a: value }).toString(),
    encodeURIComponent(value),
    JSON.stringify({ value }),
    Buffer.from(value).toString('base64'),
  ])
    expect(look.in(text)).toEqual(['one'])
  expect(look.in('a secret of mine')).toEqual([])
})
