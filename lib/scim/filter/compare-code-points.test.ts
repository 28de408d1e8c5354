import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints } from './compare-code-points.ts'

test.each([
  ['', '', 0],
  ['a', 'a', 0],
  ['a', 'b', -1],
  ['a', 'ab', -1],
  ['ab', 'a', 1],
  ['Z', 'a', -1],
  ['\uff21', '\u{1f600}', -1],
  ['\ue000', '\ud7ff', 1],
  ['x\u{1f600}', 'x\u{1f601}', -1],
])('%j against %j, as PostgreSQL’s COLLATE "C" orders them', (a, b, sign) => {
  expect(Math.sign(compareCodePoints(a, b))).toBe(sign)
  expect(Math.sign(compareCodePoints(b, a))).toBe(sign === 0 ? 0 : -sign)
})

test('the order is that of UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
  )
})
