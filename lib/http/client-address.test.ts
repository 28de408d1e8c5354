import { expect, test } from 'vitest'
import { resolveClientAddress } from './client-address.ts'

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
