import { expect, test } from 'vitest'
import { type PushFacts, pushState } from './push-status.ts'

const NOW = 1_800_000_000_000
const facts = (more: Partial<PushFacts>): PushFacts => ({
  createdAt: NOW - 3_600_000,
  connection: { live: true, name: 'Okta' },
  lastPushAt: NOW - 600_000,
  lastMembershipAt: NOW - 600_000,
  error: undefined,
  unresolved: 0,
  memberCount: 3,
  ...more,
})

test('a group whose members arrived is Active', () => {
  expect(pushState(facts({}), NOW)).toEqual({ status: 'active', since: NOW - 600_000 })
})

test('a group created a moment ago, without members yet, is Pushing, and soon Active: it is empty', () => {
  const fresh = {
    createdAt: NOW - 5_000,
    lastPushAt: NOW - 5_000,
    lastMembershipAt: undefined,
    memberCount: 0,
  }
  expect(pushState(facts(fresh), NOW).status).toBe('pushing')
  expect(pushState(facts(fresh), NOW + 9_000).status).toBe('pushing')
  expect(pushState(facts(fresh), NOW + 10_000).status).toBe('active')
})

test('a failed push is an Error with its cause until one succeeds', () => {
  const error = { at: NOW - 1_000, status: 409, detail: 'A group named “Ops” is already in Muster.' }
  expect(pushState(facts({ error }), NOW)).toMatchObject({
    status: 'error',
    cause: error.detail,
    remedy: expect.stringContaining('Link Group'),
  })
  expect(pushState(facts({ error, lastPushAt: NOW }), NOW + 10_000).status).toBe('active')
})

test('a group that nobody pushes, or whose connection ended, is Inactive', () => {
  expect(pushState(facts({ connection: undefined }), NOW).status).toBe('inactive')
  expect(pushState(facts({ connection: { live: false, name: 'Okta' } }), NOW)).toMatchObject({
    status: 'inactive',
    remedy: expect.stringContaining('Authenticate again'),
  })
})

test('unresolved members leave a group Active and say what to do', () => {
  expect(pushState(facts({ unresolved: 2 }), NOW)).toMatchObject({
    status: 'active',
    cause: expect.stringContaining('2 members are unresolved'),
  })
})
