import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type ActionCase, PERSONAL_ACTIONS, TEAM_ACTIONS } from './support/action-cases.ts'
import {
  addressOf,
  Fields,
  leadsTo,
  type Person,
  type ServerAction,
  serverActions,
} from './support/person.ts'
import { type RunningMuster, startMuster } from './support/server.ts'
import { fingerprint, type Ids, idsOf, type TwoTeams, twoTeams } from './support/two-teams.ts'

/**
 * What one team's people can do to another's: nothing. Routes and server actions are found in the file system, so that
 * a new one without a case fails here.
 */

const root = path.resolve(import.meta.dirname, '..')
const TEAM = 'app/(dashboard)/[team]/'

const files = (pattern: string) => globSync(pattern, { cwd: root }).sort()
const PAGES = files('app/**/page.tsx').map(addressOf)
/** Live events are answered before Next, and so by no route file. */
const ROUTES = [...files('app/**/route.ts').map(addressOf), '/[team]/events']

/** What `[id]` stands for below an address; \`activity\` shows two kinds. The first that fits counts. */
const RESOURCE: [below: string, kinds: (keyof Ids)[]][] = [
  ['/[team]/users/', ['user']],
  ['/[team]/groups/', ['group']],
  ['/[team]/roles/', ['role']],
  ['/[team]/activity/', ['exchange', 'event']],
  ['/[team]/connections/clients/', ['client']],
  ['/[team]/connections/service-users/', ['serviceUser']],
  ['/[team]/connections/', ['connection']],
]

/** Addresses outside of any team, and who may see them. */
const PERSONAL: Record<string, 'anybody' | 'signed in'> = {
  '/': 'signed in',
  '/account': 'signed in',
  '/account/two-step': 'signed in',
  '/no-access': 'signed in',
  '/teams/new': 'signed in',
  '/oauth/approve/[requestId]': 'signed in',
  '/sign-in': 'anybody',
  '/setup': 'anybody',
  '/invite/[token]': 'anybody',
  '/recover/[token]': 'anybody',
}

/** Route handlers, and where what they let through is tested. */
const HANDLERS: Record<string, string> = {
  '/[team]/activity/export': 'here',
  '/[team]/activity/newer': 'here',
  '/[team]/events': 'here',
  '/.well-known/oauth-authorization-server': 'public: tests/oauth/endpoint-rules.test.ts',
  '/api/auth/[...nextauth]': 'sign-in: lib/auth/sign-in.test.ts, e2e/security.spec.ts',
  '/oauth/approve/[requestId]/decision': 'here and tests/oauth/approve-rules.test.ts',
  '/oauth/authorize': 'public: tests/oauth/authorize-rules.test.ts',
  '/oauth/introspect': 'clients: tests/oauth/endpoint-rules.test.ts',
  '/oauth/revoke': 'clients: tests/oauth/endpoint-rules.test.ts',
  '/oauth/token': 'clients: tests/oauth/token-rules.test.ts',
  '/scim/v2/[[...path]]': 'here',
  '/sign-in/oidc/begin': 'sign-in: e2e/security.spec.ts',
  '/sign-in/submit': 'sign-in: e2e/security.spec.ts',
}

/** A team page's addresses for a team: one, or one for each resource that it shows. */
function addresses(page: string, slug: string, ids: Ids): string[] {
  const own = page.replace('[team]', slug)
  if (!own.includes('[')) return [own]
  const kinds = RESOURCE.find(([below]) => page.startsWith(below))?.[1]
  if (!kinds) throw new Error(`e2e/cross-team.spec.ts: say in RESOURCE what ${page} shows`)
  return kinds.map((kind) => own.replace('[id]', ids[kind]))
}
const TEAM_PAGES = PAGES.filter((page) => page.startsWith('/[team]'))
/** One's own profile is there for whom the directory knows, and nobody here is. */
const SHOWN_PAGES = TEAM_PAGES.filter((page) => page !== '/[team]/me')

let muster: RunningMuster
let world: TwoTeams
let ids: Ids
let actions: Map<string, ServerAction>
let before: Record<string, string> | undefined

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  muster = await startMuster()
  world = await twoTeams(muster)
  actions = serverActions()
  // An exchange of Beta's.
  await scim('beta', '/Users?count=1')
  for (const [name, each] of ofKind('makes')) {
    ids = await idsOf(world)
    expect(await run(world.people.betaOwner, name, each, 'beta', 'beta'), name).toBe('done')
  }
  ids = await idsOf(world)
  for (const [what, id] of Object.entries(ids)) expect(id, what).toMatch(/^[0-9a-f-]{36}$/)
  before = await settled()
})
test.afterAll(async () => {
  await world?.database.end()
  await muster?.stop()
})
test.afterEach(async () => {
  if (before) expect(await settled(), 'Beta is as it was').toEqual(before)
})

function ofKind(...kinds: ActionCase['kind'][]): [string, ActionCase][] {
  return Object.entries(TEAM_ACTIONS).filter(([, { kind }]) => kinds.includes(kind))
}

/** Beta's fingerprint once what is written after an answer (last used, exchanges) has been written. */
async function settled(): Promise<Record<string, string>> {
  let last: Record<string, string> = {}
  await expect(async () => {
    const previous = last
    last = await fingerprint(world)
    expect(last).toEqual(previous)
  }).toPass({ intervals: [200] })
  return last
}

function scim(team: 'acme' | 'beta', resource: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${muster.url}/scim/v2${resource}`, {
    ...init,
    headers: {
      authorization: `Bearer ${world.tokens[team]}`,
      'content-type': 'application/scim+json',
    },
  })
}

/** What became of an action: done, or how it was refused. `pageOf`: the team on whose page it is called. */
async function run(
  person: Person,
  name: string,
  { args }: ActionCase,
  pageOf: string,
  slug: string,
): Promise<string> {
  const action = actions.get(TEAM + name)
  if (!action) throw new Error(`The build has no server action ${name}`)
  const [page = ''] = addresses(action.page, pageOf, ids)
  const response = await person.act(page, action.id, args(slug, ids))
  const leads = leadsTo(response)
  if (leads?.startsWith('/sign-in')) return 'sign in'
  if (leads?.startsWith('/no-access')) return 'no access'
  if (response.status === 404) return 'not found'
  const text = await response.text()
  if (response.status >= 400) return `failed: ${response.status} ${text.slice(0, 300)}`
  if (leads) return 'done'
  // What the action answered is the second row; the page, rendered anew, may follow.
  const row = /^1:(.*)$/m.exec(text)?.[1]
  if (row === undefined) return `nothing: ${text.slice(0, 300)}`
  const state = row.startsWith('{') ? JSON.parse(row) : {}
  const error: string | undefined = state.error ?? state.typed?.error
  return error && error !== '$undefined' ? `refused: ${error}` : 'done'
}

test('every page, route and server action has a case', () => {
  for (const page of PAGES)
    expect(page in PERSONAL || page.startsWith('/[team]'), `a case for the page ${page}`).toBe(true)
  for (const route of ROUTES) expect(Object.keys(HANDLERS), `a case for the route ${route}`).toContain(route)
  const found = files('{app,components,lib}/**/*.{ts,tsx}').flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    if (!/['"]use server['"]/.test(text)) return []
    const names = [...text.matchAll(/^export (?:async function|const) (\w+)/gm)].map(([, name]) => name)
    expect(
      names.length,
      `${file} says 'use server' and exports no function that this test can see`,
    ).toBeGreaterThan(0)
    return names.map((name) => `${file}#${name}`)
  })
  const known = [...Object.keys(TEAM_ACTIONS).map((name) => TEAM + name), ...Object.keys(PERSONAL_ACTIONS)]
  expect(found.sort()).toEqual(known.sort())
  // The build knows of no other: none hides in a component. An action that no page uses is not in it.
  for (const action of actions.keys()) expect(known).toContain(action)
})

test('who is signed out is sent to sign in, and comes back to where they wanted', async () => {
  const { stranger } = world.people
  for (const page of TEAM_PAGES)
    for (const address of addresses(page, 'beta', ids)) {
      const response = await stranger.send(address)
      expect([response.status, leadsTo(response)], address).toEqual([
        307,
        `/sign-in?next=${encodeURIComponent(address)}`,
      ])
    }
  for (const [page, who] of Object.entries(PERSONAL)) {
    const response = await stranger.send(page.replace(/\[\w+\]/, 'made-up'))
    const leads = leadsTo(response)?.startsWith('/sign-in?next=') ?? false
    expect([page, response.status < 400, leads]).toEqual([page, true, who === 'signed in'])
  }
  for (const [name, each] of Object.entries(TEAM_ACTIONS))
    expect(`${name}: ${await run(stranger, name, each, 'beta', 'beta')}`).toBe(`${name}: sign in`)
  for (const [name, who] of Object.entries(PERSONAL_ACTIONS)) {
    const action = actions.get(name)
    if (who === 'anybody' || !action) continue
    const response = await stranger.act(action.page, action.id, [{}, new Fields({})])
    expect([name, leadsTo(response)?.startsWith('/sign-in') ?? false]).toEqual([name, true])
  }
})

test('another team’s address is not found, as if there were no such team', async () => {
  const { acmeOwner } = world.people
  for (const page of TEAM_PAGES)
    for (const address of addresses(page, 'beta', ids)) {
      const response = await acmeOwner.send(address)
      const made = await acmeOwner.send(address.replace('/beta', '/no-such-team'))
      expect([address, response.status, made.status]).toEqual([address, 404, 404])
      expect(await response.text()).not.toMatch(/Uma|Beta (?:engineers|role)|bea@beta/)
    }
  for (const [name, each] of Object.entries(TEAM_ACTIONS))
    expect(`${name}: ${await run(acmeOwner, name, each, 'acme', 'beta')}`).toBe(`${name}: not found`)
})

test('another team’s ids are not found below one’s own address', async () => {
  const { acmeOwner } = world.people
  for (const page of TEAM_PAGES.filter((each) => each.includes('[id]')))
    for (const address of addresses(page, 'acme', ids)) {
      const response = await acmeOwner.send(address)
      expect([address, response.status]).toEqual([address, 404])
      expect(await response.text()).not.toMatch(/Uma|Beta (?:engineers|role)|bea@beta/)
    }
  for (const [name, each] of Object.entries(TEAM_ACTIONS)) {
    const used: unknown[] = []
    each.args('acme', new Proxy(ids, { get: (from, key) => used.push(from[key as keyof Ids]) }))
    if (used.length === 0) continue
    const outcome = await run(acmeOwner, name, each, 'acme', 'acme')
    expect(`${name}: ${outcome}`).toMatch(
      /: (?:not found|refused: .*(?:there is no|no such|not found|is not|no longer).*)$/i,
    )
  }
})

test('another team’s routes are not found: no live stream, no export', async () => {
  const ask = async (person: Person, route: string) => {
    const response = await person.send(route.replace('[team]', 'beta'))
    await response.body?.cancel()
    return response.status
  }
  for (const route of ROUTES.filter((each) => each.startsWith('/[team]'))) {
    expect([route, await ask(world.people.acmeOwner, route)]).toEqual([route, 404])
    expect([401, 404, 307, 303]).toContain(await ask(world.people.stranger, route))
    expect([route, await ask(world.people.betaReviewer, route)]).toEqual([route, 200])
  }
})

test('nobody ends another person’s session', async () => {
  const { acmeOwner, betaReviewer } = world.people
  const sessionOf = async (email: string) =>
    (
      await world.database.query(
        'SELECT s.id FROM sign_in_session s JOIN member m ON m.id = s.member_id WHERE m.email = $1',
        [email],
      )
    ).rows[0].id as string
  const signOutOne = actions.get('app/(auth)/account/actions.ts#signOutOne') as ServerAction
  await acmeOwner.act('/account', signOutOne.id, [
    new Fields({ session: await sessionOf('rex@beta.example') }),
  ])
  expect((await betaReviewer.send('/beta')).status).toBe(200)
})

test('another team’s token finds nothing by SCIM, and takes nothing in', async () => {
  const patch = (operation: object) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [operation],
  })
  const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'taken@acme.example' }
  const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Taken' }
  for (const [resource, body] of [
    [`/Users/${ids.user}`, user],
    [`/Groups/${ids.group}`, group],
  ] as const) {
    const rename = patch({ op: 'replace', value: body })
    for (const [method, sent] of [
      ['GET', undefined],
      ['PUT', body],
      ['PATCH', rename],
      ['DELETE', undefined],
    ] as const) {
      const response = await scim('acme', resource, { method, body: sent && JSON.stringify(sent) })
      expect([method, resource, response.status]).toEqual([method, resource, 404])
      expect(await response.text()).not.toMatch(/Uma|Beta engineers/)
    }
  }
  expect((await scim('acme', `/Roles/${ids.role}`)).status).toBe(404)
  const listed = await (await scim('acme', '/Users?filter=userName eq "uma@beta.example"')).json()
  expect(listed).toMatchObject({ totalResults: 0 })
  // A member who is somebody else's is unknown: kept as an id, and never looked up elsewhere.
  const made = await scim('acme', '/Groups', {
    method: 'POST',
    body: JSON.stringify({ ...group, members: [{ value: ids.user }] }),
  })
  expect(await made.text()).not.toMatch(/Uma/)
})

test('a reviewer sees, and cannot act', async () => {
  const { betaReviewer } = world.people
  for (const [name, each] of ofKind('makes', 'changes'))
    expect(`${name}: ${await run(betaReviewer, name, each, 'beta', 'beta')}`).toBe(`${name}: no access`)
  for (const [name, each] of ofKind('reads'))
    expect(`${name}: ${await run(betaReviewer, name, each, 'beta', 'beta')}`).toBe(`${name}: done`)
  // Pages that only help to act say who may; all others are there to be seen.
  const seen: string[] = []
  for (const page of SHOWN_PAGES)
    for (const address of addresses(page, 'beta', ids)) {
      const response = await betaReviewer.send(address)
      if (response.status === 200) seen.push(page)
      else expect([address, leadsTo(response)]).toEqual([address, expect.stringMatching(/^\/no-access\?/)])
    }
  for (const room of ['', ...RESOURCE.map(([below]) => below.slice('/[team]'.length, -1))]) {
    expect(seen).toContain(`/[team]${room}`)
    if (room && room !== '/connections/clients') expect(seen).toContain(`/[team]${room}/[id]`)
  }
})

test('and the owner can do all of it: each case is one that works', async () => {
  before = undefined
  const { betaOwner } = world.people
  for (const page of SHOWN_PAGES)
    for (const address of addresses(page, 'beta', ids)) {
      const response = await betaOwner.send(address)
      expect([address, response.status < 400, leadsTo(response) ?? '']).toEqual([
        address,
        true,
        expect.not.stringMatching(/sign-in|no-access/),
      ])
    }
  for (const [name, each] of ofKind('reads', 'changes')) {
    expect(`${name}: ${await run(betaOwner, name, each, 'beta', 'beta')}`).toBe(`${name}: done`)
  }
})
