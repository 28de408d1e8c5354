import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { decodeCursor, encodeCursor } from './cursor.ts'

const scope = ['team', 'User', undefined]
const issued = 1_000_000
const cursor = encodeCursor(['a', 1], scope, issued)
const invalid =
  '400 invalidCursor: The cursor is damaged or belongs to another query; start again without it.'

describe('a cursor (RFC 9865)', () => {
  test('gives the position back that it was made of', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (position) => {
        expect(decodeCursor(encodeCursor(position, scope, issued), scope, issued, 1)).toEqual(position)
      }),
    )
  })
  test('is safe in an address', () => {
    expect(cursor).toMatch(/^[\w-]+$/)
  })
  test.each([
    ['another team', ['other', 'User', undefined]],
    ['another filter', ['team', 'User', 'active eq true']],
    ['a scope of another length', ['team', 'User']],
  ])('is refused with %s', (_, other) => {
    expect(scimRefusal(() => decodeCursor(cursor, other, issued, 60))).toBe(invalid)
  })
  test.each([
    ['nothing', ''],
    ['a character more', `${cursor}AAAA`],
    ['a character that is not of base64url', `${cursor}=`],
    ['one in front', ` ${cursor}`],
    ['a payload of its own', Buffer.from(`123456789012${'{"p":[],"i":0}'}`).toString('base64url')],
    ['too long a text', 'A'.repeat(9000)],
  ])('is refused when it is %s', (_, text) => {
    expect(scimRefusal(() => decodeCursor(text, scope, issued, 60))).toBe(invalid)
  })
  test('is refused when any character of it was changed', () => {
    for (let at = 0; at < cursor.length - 1; at += 1) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
      expect(scimRefusal(() => decodeCursor(changed, scope, issued, 60))).toBe(invalid)
    }
  })
  test('a long position is refused by its length alone', () => {
    const long = encodeCursor(['x'.repeat(8192)], scope, issued)
    expect(scimRefusal(() => decodeCursor(long, scope, issued, 60))).toBe(invalid)
  })
  test('ends with its lifetime', () => {
    expect(decodeCursor(cursor, scope, issued + 60_000, 60)).toEqual(['a', 1])
    expect(scimRefusal(() => decodeCursor(cursor, scope, issued + 60_001, 60))).toBe(
      '400 expiredCursor: The cursor is older than 60 seconds; start again without it.',
    )
  })
})
