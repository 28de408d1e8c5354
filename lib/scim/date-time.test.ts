import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalDateTime } from './date-time.ts'

describe('a dateTime (RFC 7643 §2.3.5) is kept in one form', () => {
  test.each([
    ['2024-05-13T04:42:34Z', '2024-05-13T04:42:34.000Z'],
    ['2024-05-13t04:42:34z', '2024-05-13T04:42:34.000Z'],
    ['2024-05-13T04:42:34', '2024-05-13T04:42:34.000Z'],
    ['2024-05-13T04:42:34.5Z', '2024-05-13T04:42:34.500Z'],
    ['2024-05-13T04:42:34.123999999Z', '2024-05-13T04:42:34.123Z'],
    ['2024-05-13T04:42:34+02:30', '2024-05-13T02:12:34.000Z'],
    ['2024-05-13T04:42:34-02:30', '2024-05-13T07:12:34.000Z'],
    ['2024-02-29T23:59:59-00:01', '2024-03-01T00:00:59.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalDateTime(text)).toBe(canonical)
  })
  test.each([
    '',
    '2024-05-13',
    '2024-05-13 04:42:34Z',
    '2024-5-13T04:42:34Z',
    '2024-02-30T04:42:34Z',
    '2023-02-29T04:42:34Z',
    '2024-13-01T04:42:34Z',
    '2024-05-13T24:00:00Z',
    '2024-05-13T04:60:34Z',
    '2024-05-13T04:42:34.Z',
    '2024-05-13T04:42:34.1234567890Z',
    '2024-05-13T04:42:34+0230',
    ' 2024-05-13T04:42:34Z',
    '2024-05-13T04:42:34Z ',
    '9999-12-31T23:59:59-00:01',
    '0000-01-01T00:00:00+00:01',
    '2024-05-13T04:42:34Z'.padEnd(41, '0'),
  ])('%s is none', (text) => {
    expect(canonicalDateTime(text)).toBeUndefined()
  })
  test('its order is that of time', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [x, y] = [canonicalDateTime(a.toISOString()), canonicalDateTime(b.toISOString())] as [
          string,
          string,
        ]
        expect(Math.sign(a.getTime() - b.getTime())).toBe(x < y ? -1 : x > y ? 1 : 0)
      }),
    )
  })
})
