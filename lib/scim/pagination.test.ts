import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { parsePage } from './pagination.ts'

describe('which page is asked for (RFC 7644 §3.4.2.4)', () => {
  test.each([
    [{}, 1, 100],
    [{ startIndex: '', count: null }, 1, 100],
    [{ startIndex: null, count: '' }, 1, 100],
    [{ startIndex: '0', count: '-1' }, 1, 0],
    [{ startIndex: '-7', count: '0' }, 1, 0],
    [{ startIndex: '2', count: '1' }, 2, 1],
    [{ startIndex: ' 2 ', count: '+5' }, 2, 5],
    [{ startIndex: 3, count: 1000 }, 3, 1000],
    [{ count: '1001' }, 1, 1000],
    [{ count: '999999999999999' }, 1, 1000],
    [{ startIndex: '999999999999999' }, 999_999_999_999_999, 100],
  ])('%j', (parameters, startIndex, count) => {
    expect(parsePage(parameters)).toEqual({ kind: 'index', startIndex, count })
  })
  test.each([
    [{ count: 'ten' }, 'invalidValue: count must be an integer, not ten.'],
    [{ count: '1.5' }, 'invalidValue: count must be an integer, not 1.5.'],
    [{ count: 1.5 }, 'invalidValue: count must be an integer, not 1.5.'],
    [{ count: 'a1' }, 'invalidValue: count must be an integer, not a1.'],
    [{ count: '1a' }, 'invalidValue: count must be an integer, not 1a.'],
    [{ count: true }, 'invalidValue: count must be an integer, not true.'],
    [
      { startIndex: '1000000000000000' },
      'invalidValue: startIndex must be an integer, not 1000000000000000.',
    ],
    [{ startIndex: [] }, 'invalidValue: startIndex must be an integer, not .'],
    [{ count: 'x', cursor: 'c' }, 'invalidCount: count must be an integer, not x.'],
    [{ startIndex: 'x', cursor: 'c' }, 'invalidValue: startIndex must be an integer, not x.'],
    [{ startIndex: '1', cursor: '' }, 'invalidValue: startIndex and cursor cannot be used together.'],
    [{ cursor: 5 }, 'invalidCursor: cursor must be a string.'],
  ])('%j is refused', (parameters, refusal) => {
    expect(scimRefusal(() => parsePage(parameters))).toBe(`400 ${refusal}`)
  })
})

describe('pages by cursor (RFC 9865 §2)', () => {
  test('the parameter without a value asks for the first page', () => {
    expect(parsePage({ cursor: '' })).toEqual({ kind: 'cursor', cursor: undefined, count: 100 })
    expect(parsePage({ cursor: 'abc', count: '5' })).toEqual({ kind: 'cursor', cursor: 'abc', count: 5 })
  })
  test('null in a SearchRequest asks for none', () => {
    expect(parsePage({ cursor: null })).toEqual({ kind: 'index', startIndex: 1, count: 100 })
  })
})
