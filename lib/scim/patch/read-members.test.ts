import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { readMemberList, readMembersOf } from './read-members.ts'

describe('members in a body', () => {
  test('missing or null says nothing, an empty list empties, names have no case', () => {
    expect(readMembersOf('x')).toBeUndefined()
    expect(readMembersOf({})).toBeUndefined()
    expect(readMembersOf({ members: null })).toBeUndefined()
    expect(readMembersOf({ MEMBERS: [] })).toEqual([])
    expect(readMembersOf({ members: [{ Value: '1' }] })).toEqual([{ value: '1' }])
  })
  test('what is no display or type is left out', () => {
    const members = [
      { value: '2', display: '', type: 'Device' },
      { value: '3', display: 5, type: 5 },
      { value: '4', display: 'x'.repeat(1025), type: 'GROUP' },
      { value: '5', display: 'a\u0000' },
      { value: '6', display: '\ud800' },
      { value: '7', display: null },
      { value: '1', display: 'new', type: 'User' },
    ]
    expect(readMemberList(members)).toEqual([
      { value: '2' },
      { value: '3' },
      { value: '4', type: 'Group' },
      { value: '5' },
      { value: '6' },
      { value: '7' },
      { value: '1', display: 'new', type: 'User' },
    ])
    const longest = { value: 'x'.repeat(512), display: 'x'.repeat(1024) }
    expect(readMemberList(longest)).toEqual([longest])
  })
  test.each([
    ['x'.repeat(513), `members.value ${'x'.repeat(60)}… is not an id: at most 512 characters, no NUL.`],
    ['a\u0000', 'members.value a\ufffd is not an id: at most 512 characters, no NUL.'],
    ['\udc00', 'members.value \ufffd is not an id: at most 512 characters, no NUL.'],
    [5, "members.value must be a string, the member's id; it was a number."],
  ])('the id %j is refused', (value, detail) => {
    expect(scimRefusal(() => readMemberList([{ value }]))).toBe(`400 invalidValue: ${detail}`)
  })
  test('a hundred thousand members, and no more', () => {
    expect(readMemberList(Array(100_000).fill('1'))).toHaveLength(100_000)
    expect(scimRefusal(() => readMemberList(Array(100_001).fill('1')))).toBe(
      '413 -: 100001 members in one request; at most 100000 are accepted.',
    )
  })
})
