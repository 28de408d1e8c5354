import { expect, test } from 'vitest'
import { healthOf } from './connection-summaries.ts'

const NOW = Date.parse('2026-12-01T12:00:00Z')
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()
const connection = {
  id: 'c',
  name: 'Okta',
  serviceUserId: 's',
  serviceUserName: 'okta',
  approvedAt: ago(600),
  lastRequestAt: ago(5),
  lastPushAt: ago(60),
  lastErrorAt: undefined,
  disconnectedAt: undefined,
  notice: undefined,
}
const health = (more: object, tokens?: 'ending' | 'ended') =>
  healthOf({ ...connection, ...more }, NOW, tokens).kind

test('a connection fails from a refusal until something is pushed or somebody approves it again', () => {
  expect(health({})).toBe('active')
  expect(health({ lastErrorAt: ago(10) })).toBe('failing')
  expect(health({ lastErrorAt: ago(10), lastPushAt: ago(2) })).toBe('active')
  expect(health({ lastErrorAt: ago(10), approvedAt: ago(2) })).toBe('active')
  expect(health({ lastErrorAt: ago(10), approvedAt: ago(2), lastPushAt: undefined })).toBe('waiting')
  expect(health({ lastErrorAt: ago(25 * 60), lastPushAt: ago(26 * 60) })).toBe('active')
})

test('one whose tokens have all ended has no live token, whatever was refused since; one that was disconnected is that', () => {
  const refused = { lastErrorAt: new Date(NOW - 60_000).toISOString() }
  expect(health(refused)).toBe('failing')
  expect(health(refused, 'ending')).toBe('failing')
  expect(health(refused, 'ended')).toBe('tokenless')
  expect(health({ disconnectedAt: new Date(NOW).toISOString() }, 'ended')).toBe('disconnected')
})
