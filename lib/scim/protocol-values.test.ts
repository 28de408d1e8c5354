import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { canonicalDateTime } from './date-time.ts'
import { checkIfMatch, checkIfNoneMatch, isNotModified, matchesEtag } from './etag.ts'
import { parsePage } from './pagination.ts'

describe('pages (RFC 7644 §3.4.2.4, RFC 9865 §2)', () => {
  test.each([
    [{}, { kind: 'index', startIndex: 1, count: 100 }],
    [
      { startIndex: '3', count: '7' },
      { kind: 'index', startIndex: 3, count: 7 },
    ],
    [
      { startIndex: 0, count: -5 },
      { kind: 'index', startIndex: 1, count: 0 },
    ],
    [{ startIndex: '-3' }, { kind: 'index', startIndex: 1, count: 100 }],
    [{ count: 1001 }, { kind: 'index', startIndex: 1, count: 1000 }],
    [
      { startIndex: '', count: null },
      { kind: 'index', startIndex: 1, count: 100 },
    ],
    [{ cursor: '' }, { kind: 'cursor', cursor: undefined, count: 100 }],
    [
      { cursor: 'x', count: '5' },
      { kind: 'cursor', cursor: 'x', count: 5 },
    ],
  ])('%j', (given, page) => {
    expect(parsePage(given)).toEqual(page)
  })

  test.each([
    [{ startIndex: 'x' }, 'invalidValue'],
    [{ startIndex: 1.5 }, 'invalidValue'],
    [{ count: '1e3' }, 'invalidValue'],
    [{ count: '9'.repeat(16) }, 'invalidValue'],
    [{ count: true }, 'invalidValue'],
    [{ cursor: '', count: 'x' }, 'invalidCount'],
    [{ cursor: 7 }, 'invalidCursor'],
    [{ cursor: 'x', startIndex: '1' }, 'invalidValue'],
  ])('%j is refused', (given, scimType) => {
    expect(() => parsePage(given)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })
})

describe('cursors', () => {
  const position = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  )
  const scope = fc.array(fc.option(fc.string(), { nil: undefined }), { minLength: 1, maxLength: 3 })

  test('come back as they were made, for the query they were made for only', () => {
    fc.assert(
      fc.property(position, scope, scope, (at, made, used) => {
        const cursor = encodeCursor(at, made, 1_000)
        fc.pre(cursor.length <= 4096)
        expect(decodeCursor(cursor, made, 1_000, 60)).toEqual(at)
        if (JSON.stringify(made) !== JSON.stringify(used))
          expect(() => decodeCursor(cursor, used, 1_000, 60)).toThrow(
            expect.objectContaining({ scimType: 'invalidCursor' }),
          )
      }),
    )
  })

  test('one changed character is noticed', () => {
    const cursor = encodeCursor(['forward', 7], ['team'], 0)
    for (const at of cursor.split('').keys()) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
      // The last character may hold bits that stand for nothing.
      if (Buffer.from(changed, 'base64url').equals(Buffer.from(cursor, 'base64url'))) continue
      expect(() => decodeCursor(changed, ['team'], 0, 60)).toThrow(
        expect.objectContaining({ scimType: 'invalidCursor' }),
      )
    }
  })

  test.each(['', 'x', '!', '='.repeat(5), 'A'.repeat(5000), 'é'])('%j is none', (text) => {
    expect(() => decodeCursor(text, ['team'], 0, 60)).toThrow(
      expect.objectContaining({ scimType: 'invalidCursor' }),
    )
  })

  test('end after their lifetime', () => {
    const cursor = encodeCursor([1], ['team'], 0)
    expect(decodeCursor(cursor, ['team'], 60_000, 60)).toEqual([1])
    expect(() => decodeCursor(cursor, ['team'], 60_001, 60)).toThrow(
      expect.objectContaining({ scimType: 'expiredCursor' }),
    )
  })
})

describe('entity tags (RFC 7644 §3.14)', () => {
  test.each([
    ['*', true],
    ['W/"3"', true],
    ['"3"', true],
    ['3', true],
    ['W/"1", W/"3"', true],
    ['W/"1",', false],
    ['W/"30"', false],
    ['', false],
  ])('%s names version 3: %s', (header, matches) => {
    expect(matchesEtag(header, 3)).toBe(matches)
    expect(isNotModified(header, 3)).toBe(matches)
  })

  test.each(['W/"3', '"3"x"', Array(102).fill('"1"').join()])('%j is no list of tags', (header) => {
    expect(() => matchesEtag(header, 3)).toThrow(expect.objectContaining({ scimType: 'invalidVers' }))
  })

  test('decide about a write', () => {
    for (const absent of [null, undefined]) {
      checkIfMatch(absent, 3)
      checkIfNoneMatch(absent, 3)
      expect(isNotModified(absent, 3)).toBe(false)
    }
    checkIfMatch('W/"3"', 3)
    checkIfNoneMatch('W/"2"', 3)
    expect(() => checkIfMatch('W/"2"', 3)).toThrow(expect.objectContaining({ status: 412 }))
    expect(() => checkIfNoneMatch('*', 3)).toThrow(expect.objectContaining({ status: 412 }))
  })
})

describe('dateTimes (RFC 7643 §2.3.5)', () => {
  test.each([
    ['2008-01-23T04:56:22Z', '2008-01-23T04:56:22.000Z'],
    ['2008-01-23t04:56:22z', '2008-01-23T04:56:22.000Z'],
    ['2008-01-23T04:56:22', '2008-01-23T04:56:22.000Z'],
    ['2008-01-23T04:56:22.123456Z', '2008-01-23T04:56:22.123Z'],
    ['2008-01-23T04:56:22.1Z', '2008-01-23T04:56:22.100Z'],
    ['2008-01-01T00:30:00+01:00', '2007-12-31T23:30:00.000Z'],
    ['2008-12-31T23:30:00-01:30', '2009-01-01T01:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalDateTime(text)).toBe(canonical)
    expect(canonicalDateTime(canonical)).toBe(canonical)
  })

  test.each([
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01',
    '20240101T000000Z',
    'now',
    '',
    '9999-12-31T23:59:59-01:00',
    `2024-01-01T00:00:00.${'1'.repeat(40)}Z`,
  ])('%j is none', (text) => {
    expect(canonicalDateTime(text)).toBeUndefined()
  })

  test('any instant comes back, and the order of texts is the order of time', () => {
    const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [x, y] = [canonicalDateTime(a.toISOString()), canonicalDateTime(b.toISOString())]
        expect(x).toBe(a.toISOString())
        expect((x as string) < (y as string)).toBe(a < b)
      }),
    )
  })
})
