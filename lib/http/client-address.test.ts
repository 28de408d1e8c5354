import { expect, test } from 'vitest'
import { networkOf, resolveClientAddress } from './client-address.ts'

test('without a trusted proxy, what a caller says about its address counts for nothing', () => {
  expect(resolveClientAddress('192.0.2.1', '203.0.113.9', false)).toBe('192.0.2.1')
})

test('behind a trusted proxy, only what that proxy added counts', () => {
  expect(resolveClientAddress('10.0.0.1', '198.51.100.7, 203.0.113.9', true)).toBe('203.0.113.9')
  expect(resolveClientAddress('10.0.0.1', undefined, true)).toBe('10.0.0.1')
  expect(resolveClientAddress('10.0.0.1', ' ', true)).toBe('10.0.0.1')
})

test('an IPv4 address is written as one on a dual-stack socket, too', () => {
  expect(resolveClientAddress('::ffff:192.0.2.1', undefined, false)).toBe('192.0.2.1')
  expect(resolveClientAddress('::1', undefined, false)).toBe('::1')
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:12:34:a::1', '2001:db8:12:34::/64'],
  ['2001:DB8:0012:0034:ffff:ffff:ffff:ffff', '2001:db8:12:34::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['unknown', 'unknown'],
])('%s is counted with its neighbours as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
