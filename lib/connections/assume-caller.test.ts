import { beforeEach, expect, test } from 'vitest'
import { forget } from '#lib/platform/singleton'
import { assumeCaller, forgetCaller, rememberCaller } from './assume-caller.ts'
import { hashToken } from './token-format.ts'

beforeEach(() => forget('known-callers'))

const caller = (token: string) => ({
  teamId: 'team',
  connectionId: 'connection',
  serviceUserId: 'service user',
  scope: 'scim',
  tokenHash: hashToken(token),
})

test('a caller is known by their token, with Bearer in front or without, and never by a name and the token', () => {
  expect(assumeCaller('Bearer one')).toBeUndefined()
  rememberCaller(caller('one'))
  for (const header of ['Bearer one', 'bearer  one', 'one'])
    expect(assumeCaller(header)).toEqual(caller('one'))
  const basic = `Basic ${Buffer.from('okta:one').toString('base64')}`
  for (const header of [basic, 'Digest one', 'Bearer two', '', null])
    expect(assumeCaller(header)).toBeUndefined()
})

test('who was refused is known no more', () => {
  rememberCaller(caller('one'))
  forgetCaller(hashToken('one'))
  expect(assumeCaller('Bearer one')).toBeUndefined()
})

test('a thousand are known; the one that asked longest ago makes room', () => {
  for (let n = 0; n < 1_000; n++) rememberCaller(caller(`t${n}`))
  assumeCaller('t0')
  rememberCaller(caller('new'))
  expect(['t0', 't1', 't2', 'new'].map((token) => assumeCaller(token) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ])
})
