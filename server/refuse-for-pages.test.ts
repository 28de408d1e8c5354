import { globSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createDoors, type Doors } from './doors.ts'
import { methodsOf } from './refuse-for-pages.ts'

const ALL = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
const routes = globSync('app/**/route.ts').map((file) => {
  const source = readFileSync(file, 'utf8')
  const own = ALL.filter((method) => new RegExp(`\\b(?:const|function|as) ${method}\\b`).test(source))
  const path = file
    .replace(/^app|\/route\.ts$|\/\([^)]*\)/g, '')
    .replace('[[...path]]', 'Users')
    .replace(/\[[^/]*\]/g, 'some')
  return { path, own }
})

test.each(routes.filter(({ own }) => own.length < ALL.length))(
  'the methods of $path are those that its route file exports',
  ({ path, own }) => {
    const read = own.includes('GET') ? [...own, 'HEAD'] : own
    expect(methodsOf(path)?.toSorted()).toEqual(read.toSorted())
  },
)

test('a route that answers every method itself is left to do so', () => {
  const whole = routes.filter(({ path, own }) => own.length === ALL.length && path.startsWith('/oauth/'))
  expect(whole.map(({ path }) => path).sort()).toEqual(['/oauth/introspect', '/oauth/revoke', '/oauth/token'])
  expect(whole.map(({ path }) => methodsOf(path))).toEqual([undefined, undefined, undefined])
})

let doors: Doors
afterEach(() => doors?.server.closeAllConnections())

async function pages(): Promise<string> {
  doors = createDoors(false)
  doors.open('pages', (_request, response) => response.end('page'))
  await new Promise<void>((resolve) => doors.server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(doors.server.address() as AddressInfo).port}`
}

test.each([
  ['PUT', '/acme/users', 405, 'GET, HEAD, POST, OPTIONS'],
  ['OPTIONS', '/acme/users', 204, 'GET, HEAD, POST, OPTIONS'],
  ['POST', '/oauth/authorize?client_id=x', 405, 'GET, HEAD, OPTIONS'],
  ['POST', '/.well-known/oauth-authorization-server', 405, 'GET, HEAD, OPTIONS'],
  ['GET', '/sign-in/submit', 405, 'POST, OPTIONS'],
  ['DELETE', '/acme/events', 405, 'GET, HEAD, OPTIONS'],
])('%s %s is refused with what is possible in Allow', async (method, path, status, allow) => {
  const answer = await fetch((await pages()) + path, { method })
  expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each(['/%ff', '/acme/users/%E0%A4%A', '/%'])(
  '%s, which is no text, is refused with 400',
  async (path) => {
    expect((await fetch((await pages()) + path)).status).toBe(400)
  },
)

test.each(['/', '/acme/users?filter=%ff', '/sign-in'])('%s is the pages’ to answer', async (path) => {
  expect(await (await fetch((await pages()) + path)).text()).toBe('page')
})
