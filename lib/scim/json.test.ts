import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { MAX_JSON_DEPTH, parseJson } from './json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const refused = (text: string) => scimRefusal(() => parseJson(bytes(text)))
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

describe('a body is read as JSON', () => {
  test('everything that JSON can say comes back as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        if (text.includes('__proto__')) return
        expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
      }),
    )
  })
  test.each([
    ['a byte order mark is skipped', '\ufeff{"a":1}', { a: 1 }],
    ['a colon, a bracket and a quote inside a string are text', '{"a":":{[\\"]}:"}', { a: ':{["]}:' }],
    ['a backslash at the end of a string ends nothing but itself', '{"a":"\\\\","b":1}', { a: '\\', b: 1 }],
    ['a whole surrogate pair', '"\\ud83d\\ude00"', '😀'],
    ['one name in two objects', '[{"a":1},{"a":{"a":2}}]', [{ a: 1 }, { a: { a: 2 } }]],
    ['objects beside each other are not nested', `[${'[],{},'.repeat(100)}1]`, expect.any(Array)],
    ['the deepest nesting', nested(MAX_JSON_DEPTH), expect.any(Array)],
  ])('%s', (_, text, value) => {
    expect(parseJson(bytes(text))).toEqual(value)
  })
})

describe('a body that two readers could understand in two ways is refused (RFC 7493 §2)', () => {
  test.each([
    ['nothing', '', 'The request body is empty; a JSON object was expected.'],
    ['white space', ' ', 'The request body is not valid JSON: it ends too early.'],
    ['a cut-off body', '{"a":', 'The request body is not valid JSON: it ends too early.'],
    ['a stray character', '{"a":1}\n  x', 'The request body is not valid JSON at line 2, column 3.'],
    ['a fault in the first line', '{"a":1,}', 'The request body is not valid JSON at line 1, column 8.'],
    [
      'nesting that is too deep',
      nested(MAX_JSON_DEPTH + 1),
      'The request body is nested deeper than 64 levels.',
    ],
    [
      'objects that are nested too deep',
      `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
      'The request body is nested deeper than 64 levels.',
    ],
    [
      'a name twice',
      '{"a":1,"b":{"a":1,"a":2}}',
      'An object in the request body has a name twice; which of its two values is meant is unclear.',
    ],
    [
      'a name twice, once written with an escape',
      '{"a":1,"\\u0061":2}',
      'An object in the request body has a name twice; which of its two values is meant is unclear.',
    ],
    [
      'half of a surrogate pair in a value',
      '{"a":["\\uD800"]}',
      'The request body contains half of a surrogate pair.',
    ],
    [
      'the other half in a name',
      '{"b":{"\\udfff":1}}',
      'The request body contains half of a surrogate pair.',
    ],
    ['a number beyond a double', '[1,{"a":-1e999}]', 'The request body holds a number that is too large.'],
    [
      'the key __proto__',
      '{"a":[{"__proto__":1}]}',
      'The request body has a key "__proto__"; no attribute is called so.',
    ],
  ])('%s', (_, text, detail) => {
    expect(refused(text)).toBe(`400 invalidSyntax: ${detail}`)
  })
  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('invalid UTF-8: %s', (_, body) => {
    expect(scimRefusal(() => parseJson(Uint8Array.from(body)))).toBe(
      '400 invalidSyntax: The request body is not valid UTF-8.',
    )
  })
  test('the text of the body is in no message, for it may hold a password', () => {
    expect(refused('{"password":"hunter2"')).not.toContain('hunter2')
    expect(refused('{"password":hunter2}')).not.toContain('hunter2')
  })
  test('bytes of any kind are read or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        try {
          parseJson(body)
        } catch (error) {
          expect(error).toMatchObject({ status: 400, scimType: 'invalidSyntax' })
        }
      }),
    )
  })
})
