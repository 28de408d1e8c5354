import { request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createDoors, type Doors, isProtocol } from './doors.ts'

let doors: Doors
afterEach(() => doors?.server.closeAllConnections())

async function open(trustProxy: boolean): Promise<string> {
  doors = createDoors(trustProxy)
  await new Promise<void>((resolve) => doors.server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(doors.server.address() as AddressInfo).port}`
}

/** With node:http, because fetch does not send such headers as given. */
function get(url: string, headers: Record<string, string | string[]> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    send(url, { headers }, (response) => {
      response
        .setEncoding('utf8')
        .toArray()
        .then((parts) => resolve(parts.join('')), reject)
    })
      .on('error', reject)
      .end()
  })
}

describe('which door', () => {
  test.each([
    ['GET', '/scim/v2', true],
    ['DELETE', '/scim/v2/Users/1?x=/', true],
    ['GET', '/scim/v20', false],
    ['POST', '/oauth/token', true],
    ['POST', '/oauth/token?x', true],
    ['GET', '/oauth/token', false],
    ['POST', '/oauth/revoke', true],
    ['POST', '/oauth/introspect', true],
    ['POST', '/oauth/approve/1', false],
    ['GET', '/acme/events', true],
    ['POST', '/acme/events', false],
    ['DELETE', '/acme/events', false],
    ['GET', '/acme/events/x', false],
    ['GET', '/', false],
    ['GET', '/?next=/scim/v2', false],
  ])('%s %s', (method, url, protocol) => expect(isProtocol(method, url)).toBe(protocol))
})

test('a request that comes before its door opens waits for it', async () => {
  const url = await open(false)
  const early = get(`${url}/scim/v2/Users`)
  doors.open('pages', (_request, response) => response.end('pages'))
  expect(await get(url)).toBe('pages')
  doors.open('protocol', (_request, response) => response.end('protocol'))
  expect(await early).toBe('protocol')
})

test('a caller cannot choose its address, host or scheme: neither door sees what it claims', async () => {
  const url = await open(false)
  for (const door of ['pages', 'protocol'] as const)
    doors.open(door, ({ headers, rawHeaders }, response) =>
      response.end(JSON.stringify([headers, rawHeaders])),
    )
  const claims = {
    'X-Forwarded-For': ['203.0.113.9', '203.0.113.8'],
    'X-Forwarded-Host': 'evil.example',
    'x-forwarded-proto': 'https',
    Forwarded: 'for=203.0.113.9',
  }
  for (const path of ['/', '/scim/v2/Users']) {
    const seen = await get(url + path, claims)
    expect(seen).not.toMatch(/203\.0\.113|evil|https|orwarded"/)
    const [headers, raw] = JSON.parse(seen)
    expect(headers['x-forwarded-for']).toBe('127.0.0.1')
    expect(raw.slice(raw.indexOf('x-forwarded-for')).slice(0, 2)).toEqual(['x-forwarded-for', '127.0.0.1'])
  }
})

test('a trusted proxy names the caller, and the host and scheme as well', async () => {
  const url = await open(true)
  doors.open('pages', ({ headers }, response) => response.end(JSON.stringify(headers)))
  const headers = JSON.parse(
    await get(url, { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9', 'X-Forwarded-Host': 'muster.example' }),
  )
  expect(headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'muster.example' })
})

test('draining lets a request in progress finish and ends event streams at once', async () => {
  const url = await open(false)
  const reached: Record<string, () => void> = {}
  const arrivals = ['/slow', '/events'].map(
    (path) => new Promise<void>((resolve) => (reached[path] = resolve)),
  )
  let finish = () => {}
  doors.open('pages', (request, response) => {
    if (request.url === '/events')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n')
    else finish = () => response.end('finished')
    reached[request.url as string]?.()
  })
  const slow = get(`${url}/slow`)
  const events = get(`${url}/events`, { accept: 'text/event-stream' }).catch(() => 'cut')
  await Promise.all(arrivals)
  const drained = doors.drain(10_000)
  expect(await events).toBe('cut')
  finish()
  expect(await slow).toBe('finished')
  await drained
  await expect(get(url)).rejects.toThrow()
})

test('what is still in progress when the time is over is closed', async () => {
  const url = await open(false)
  const arrived = new Promise<void>((resolve) => doors.open('pages', () => resolve()))
  const hanging = get(url)
  hanging.catch(() => {})
  await arrived
  await doors.drain(10)
  await expect(hanging).rejects.toThrow()
})
