import { describe, expect, test } from 'vitest'
import { printFilter } from '#tests/arbitrary/print-filter'
import { scimRefusal } from '#tests/refusal'
import { parseFilter } from './parse-filter.ts'

const reads = (text: string) => printFilter(parseFilter(text))
const refused = (text: string) => scimRefusal(() => parseFilter(text))

describe('the examples of RFC 7644 §3.4.2.2 are read', () => {
  test.each([
    'userName eq "bjensen"',
    `name.familyName co "O'Malley"`,
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ])('%s', (filter) => {
    expect(reads(filter)).toBe(filter)
  })
})

describe('what is written otherwise', () => {
  test.each([
    ['keywords have no case', 'a EQ "x" AND NOT(b Pr) Or c Eq TRUE', 'a eq "x" and not (b pr) or c eq true'],
    ['brackets that change nothing', '((a pr))', 'a pr'],
    ['brackets that keep a chain apart', 'a pr and (b pr and c pr)', 'a pr and (b pr and c pr)'],
    ['white space of any kind', '\ta\neq\r"x" ', 'a eq "x"'],
    [
      'a sub-attribute after a bracket',
      'emails[type eq "work"].value eq "x"',
      'emails[type eq "work" and value eq "x"]',
    ],
    ['numbers', 'a eq -0 or a eq 1.50 or a eq 2E+3 or a eq -7', 'a eq 0 or a eq 1.5 or a eq 2000 or a eq -7'],
    ['words of JSON', 'a eq True or a eq FALSE or a eq Null', 'a eq true or a eq false or a eq null'],
    ['an attribute called not', 'not eq "x"', 'not eq "x"'],
    ['a string with everything in it', 'a eq "\\"\\\\[]() \\u00e9"', 'a eq "\\"\\\\[]() é"'],
    ['a string right behind an operator', 'a eq"x"', 'a eq "x"'],
    ['not inside a bracket', 'emails[not (type eq "work")]', 'emails[not (type eq "work")]'],
    [
      '$ref and a name with _ and -',
      'members[$ref eq "x"] and a_b-c pr',
      'members[$ref eq "x"] and a_b-c pr',
    ],
  ])('%s', (_, filter, printed) => {
    expect(reads(filter)).toBe(printed)
  })
  test('and binds tighter than or, in the order written', () => {
    expect(parseFilter('a pr or b pr and c pr or d pr')).toMatchObject({
      kind: 'or',
      operands: [{ kind: 'present' }, { kind: 'and', operands: [{}, {}] }, { kind: 'present' }],
    })
  })
})

describe('what is no filter is refused, with the place', () => {
  test.each([
    ['', 'Expected an attribute name at position 1, found the end.'],
    ['a', 'Expected one of eq, ne, co, sw, ew, gt, ge, lt, le, pr at position 2, found the end.'],
    ['a xx "b"', 'Expected one of eq, ne, co, sw, ew, gt, ge, lt, le, pr at position 3, found xx.'],
    [
      'a "eq" "b"',
      'Expected one of eq, ne, co, sw, ew, gt, ge, lt, le, pr at position 3, found the string eq.',
    ],
    [
      'a eq b',
      'Expected a value (a string in double quotes, a number, true, false or null) at position 6, found b.',
    ],
    [
      'a eq 1e999',
      'Expected a value (a string in double quotes, a number, true, false or null) at position 6, found 1e999.',
    ],
    [
      'a eq 01',
      'Expected a value (a string in double quotes, a number, true, false or null) at position 6, found 01.',
    ],
    [
      'a eq 1x',
      'Expected a value (a string in double quotes, a number, true, false or null) at position 6, found 1x.',
    ],
    [
      'a eq (',
      'Expected a value (a string in double quotes, a number, true, false or null) at position 6, found (.',
    ],
    ['a pr b', 'Expected the end, "and" or "or" at position 6, found b.'],
    ['a pr)', 'Expected the end, "and" or "or" at position 5, found ).'],
    ['(a pr', 'Expected ")", "and" or "or" at position 6, found the end.'],
    ['(a pr]', 'Expected ")", "and" or "or" at position 6, found ].'],
    ['a[b pr', 'Expected "]", "and" or "or" at position 7, found the end.'],
    ['a[b pr)', 'Expected "]", "and" or "or" at position 7, found ).'],
    ['a[b[c pr]]', 'Expected an operator (brackets do not nest) at position 4, found [.'],
    ['a[b pr].c.d eq "x"', 'Expected a sub-attribute name at position 8, found .c.d.'],
    ['a[b pr].urn:x:c eq "x"', 'Expected a sub-attribute name at position 8, found .urn:x:c.'],
    ['a[b pr]. eq "x"', 'Expected a sub-attribute name at position 8, found ..'],
    ['a[b pr] c', 'Expected the end, "and" or "or" at position 9, found c.'],
    ['"a" eq "b"', 'Expected an attribute name at position 1, found the string a.'],
    ['a..b pr', 'Expected an attribute name at position 1, found a..b.'],
    ['a eq "b', 'The string that starts at position 6 has no closing quote.'],
    ['a eq "b\\"', 'The string that starts at position 6 has no closing quote.'],
    [
      'a eq "\\x"',
      '"\\x" at position 6 is not a JSON string; write \\" for a quote and \\\\ for a backslash.',
    ],
    ['not a pr', 'Expected one of eq, ne, co, sw, ew, gt, ge, lt, le, pr at position 5, found a.'],
    ['and', 'Expected one of eq, ne, co, sw, ew, gt, ge, lt, le, pr at position 4, found the end.'],
  ])('%s', (filter, detail) => {
    expect(refused(filter)).toBe(`400 invalidFilter: ${detail}`)
  })
})

describe('a filter costs no more than its bounds', () => {
  test.each([
    [
      'length',
      `a eq "${'x'.repeat(4089)}"`,
      `a eq "${'x'.repeat(4090)}"`,
      'The filter is longer than 4096 characters.',
    ],
    [
      'depth',
      `${'('.repeat(32)}a pr${')'.repeat(32)}`,
      `${'('.repeat(33)}a pr${')'.repeat(33)}`,
      'The filter is nested deeper than 32 levels, at position 33.',
    ],
    [
      'depth, with not',
      `${'not('.repeat(32)}a pr${')'.repeat(32)}`,
      `${'not('.repeat(33)}a pr${')'.repeat(33)}`,
      'The filter is nested deeper than 32 levels, at position 132.',
    ],
    [
      'comparisons',
      Array(100).fill('a pr').join(' or '),
      Array(101).fill('a pr').join(' or '),
      'The filter has more than 100 comparisons.',
    ],
  ])('%s', (_, within, beyond, detail) => {
    expect(() => parseFilter(within)).not.toThrow()
    expect(refused(beyond)).toBe(`400 invalidFilter: ${detail}`)
  })
  test('what is closed again does not count as depth', () => {
    expect(() => parseFilter(Array(50).fill('(a pr) and b[c pr]').join(' or '))).not.toThrow()
  })
})
