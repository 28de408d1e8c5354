import { describe, expect, test } from 'vitest'
import { bulkResponseText, errorBody, listResponseText } from './messages.ts'
import { addNote, MAX_NOTES, type Note, shorten } from './note.ts'
import { ScimError } from './scim-error.ts'

describe('messages are what RFC 7644 draws', () => {
  test('§3.12: an error, its status as text', () => {
    expect(errorBody(new ScimError(400, 'mutability', 'No.'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'mutability',
      detail: 'No.',
    })
    expect('scimType' in errorBody(new ScimError(404, undefined, 'No.'))).toBe(false)
  })
  test('§3.4.2: a list, with Resources also when it is empty', () => {
    expect(
      JSON.parse(listResponseText({ totalResults: 0, itemsPerPage: 0, startIndex: 1, resources: [] })),
    ).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })
  test('RFC 9865 §2: a page by cursor has no startIndex', () => {
    const list = { totalResults: 3, itemsPerPage: 2, resources: ['{"id":"1"}', '{"id":"2"}'] }
    expect(JSON.parse(listResponseText({ ...list, nextCursor: 'n"', previousCursor: 'p"' }))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 3,
      itemsPerPage: 2,
      previousCursor: 'p"',
      nextCursor: 'n"',
      Resources: [{ id: '1' }, { id: '2' }],
    })
    expect(Object.keys(JSON.parse(listResponseText(list)))).not.toContain('nextCursor')
    expect(Object.keys(JSON.parse(listResponseText(list)))).not.toContain('previousCursor')
  })
  test('§3.7: the answers to a bulk request', () => {
    const text = bulkResponseText([
      { method: 'POST', bulkId: 'a', location: 'https://x/Users/1', version: 'W/"1"', status: 201 },
      { method: 'DELETE', status: 404, response: '{"status":"404"}' },
    ])
    expect(JSON.parse(text)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [
        { method: 'POST', bulkId: 'a', location: 'https://x/Users/1', version: 'W/"1"', status: '201' },
        { method: 'DELETE', status: '404', response: { status: '404' } },
      ],
    })
  })
})

test('an error keeps its cause for the log, and has none when there is none', () => {
  const cause = new Error('disk')
  expect(new ScimError(500, undefined, 'No.', cause)).toMatchObject({
    name: 'ScimError',
    message: 'No.',
    cause,
  })
  expect('cause' in new ScimError(500, undefined, 'No.')).toBe(false)
})

describe('notes', () => {
  test('are bounded in number and in length', () => {
    const notes: Note[] = []
    for (let count = 0; count < MAX_NOTES + 5; count += 1) addNote(notes, 'x'.repeat(300), 'm')
    expect(notes).toHaveLength(MAX_NOTES)
    expect(notes[0]).toEqual({ path: `${'x'.repeat(200)}…`, message: 'm' })
  })
  test.each([
    ['short', 'short'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(60)}…`],
    ['a\u0000b\u001fc\u007fd e', 'a\ufffdb\ufffdc\ufffdd e'],
    ['\ud800', '\ufffd'],
    [`${'x'.repeat(59)}😀`, `${'x'.repeat(59)}\ufffd…`],
  ])('a client’s own text is shown whole, short and harmless: %j', (text, shown) => {
    expect(shorten(text)).toBe(shown)
  })
})
