import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { checkIfMatch, checkIfNoneMatch, etagOf, isNotModified, matchesEtag } from './etag.ts'

describe('entity tags (RFC 7644 §3.14)', () => {
  test('a version is a weak tag', () => {
    expect(etagOf(3)).toBe('W/"3"')
  })
  test.each(['W/"3"', '"3"', '3', '*', ' * ', '"1", W/"3"', ',"3",', ' W/"3" '])(
    '%s names version 3',
    (header) => {
      expect(matchesEtag(header, 3)).toBe(true)
    },
  )
  test.each(['W/"30"', '"13"', '""', '', 'w/3', '"1","2"', '"3 "', '**'])('%s does not', (header) => {
    expect(matchesEtag(header, 3)).toBe(false)
  })
  test.each(['"3', '3"', 'w/"3"', '"3"3"', '"', Array(101).fill('"1"').join()])(
    '%s is no list of tags',
    (header) => {
      expect(scimRefusal(() => matchesEtag(header, 3))).toBe(
        '400 invalidVers: If-Match and If-None-Match take a list of entity tags like W/"1", or *.',
      )
    },
  )
  test('a list may hold a hundred', () => {
    expect(matchesEtag([...Array(99).fill('"1"'), '"3"'].join(), 3)).toBe(true)
  })
})

describe('preconditions (RFC 9110 §13.1)', () => {
  test('without a header there is none', () => {
    for (const none of [null, undefined]) {
      checkIfMatch(none, 1)
      checkIfNoneMatch(none, 1)
      expect(isNotModified(none, 1)).toBe(false)
    }
  })
  test('If-Match lets a change of the named version through', () => {
    checkIfMatch('W/"1"', 1)
    expect(scimRefusal(() => checkIfMatch('W/"1"', 2))).toBe(
      '412 -: If-Match does not name the current version W/"2": the resource was changed meanwhile.',
    )
  })
  test('If-None-Match spares a read, and keeps a change from the named version', () => {
    expect(isNotModified('W/"1"', 1)).toBe(true)
    expect(isNotModified('W/"1"', 2)).toBe(false)
    checkIfNoneMatch('W/"1"', 2)
    expect(scimRefusal(() => checkIfNoneMatch('*', 2))).toBe(
      '412 -: If-None-Match names the current version W/"2" of the resource.',
    )
  })
})
