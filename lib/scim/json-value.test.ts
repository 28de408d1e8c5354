import { describe, expect, test } from 'vitest'
import { copyJson, deepEqual, isObject, isUnassigned, kindOf, own, ownIgnoringCase } from './json-value.ts'

describe('what a value is', () => {
  test.each([
    [null, 'null'],
    [undefined, 'nothing'],
    [[], 'an array'],
    [{}, 'an object'],
    ['', 'a string'],
    [0, 'a number'],
    [false, 'a boolean'],
  ])('%j is called %s', (value, words) => {
    expect(kindOf(value)).toBe(words)
    expect(isObject(value)).toBe(words === 'an object')
  })
  test.each([null, undefined, '', [], {}, [null, ''], { a: [], b: { c: null } }])(
    '%j is unassigned',
    (value) => {
      expect(isUnassigned(value)).toBe(true)
    },
  )
  test.each([0, false, ' ', [0], [null, 'x'], { a: null, b: false }])('%j is a value', (value) => {
    expect(isUnassigned(value)).toBe(false)
  })
})

describe('properties', () => {
  test('what every object inherits is not its own', () => {
    expect(own({}, 'constructor')).toBeUndefined()
    expect(own({ constructor: 1 }, 'constructor')).toBe(1)
    expect(ownIgnoringCase({}, 'toString')).toBeUndefined()
  })
  test('names have no case; the one that is written the same goes first', () => {
    expect(ownIgnoringCase({ userNAME: 1 }, 'userName')).toBe(1)
    expect(ownIgnoringCase({ username: 1, userName: 2 }, 'userName')).toBe(2)
    expect(ownIgnoringCase({ userName: 1 }, 'displayName')).toBeUndefined()
  })
})

describe('equality', () => {
  test.each([
    [
      { a: 1, b: [1, { c: null }] },
      { b: [1, { c: null }], a: 1 },
    ],
    [[], []],
    ['x', 'x'],
  ])('%j equals %j', (a, b) => {
    expect(deepEqual(a, b)).toBe(true)
  })
  test.each([
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [[1, 2], [1]],
    [[], {}],
    [{}, []],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 2 }],
    [1, '1'],
    [null, {}],
    [{}, null],
  ])('%j differs from %j', (a, b) => {
    expect(deepEqual(a, b)).toBe(false)
  })
})

test('a copy shares nothing with the original and has no __proto__ of the client’s', () => {
  const original = JSON.parse('{"a":[{"b":null}],"__proto__":{"admin":true},"c":"x"}')
  const copy = copyJson(original)
  expect(JSON.stringify(copy)).toBe('{"a":[{"b":null}],"c":"x"}')
  expect(copy.admin).toBeUndefined()
  expect(copy.a).not.toBe(original.a)
  expect(copy.a[0]).not.toBe(original.a[0])
})
