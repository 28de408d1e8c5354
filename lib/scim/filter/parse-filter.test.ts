import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyFilter, filterLikeText } from '#tests/arbitrary/filters'
import { printFilter } from '#tests/arbitrary/print-filter'
import { ScimError } from '../scim-error.ts'
import { MAX_FILTER_DEPTH, MAX_FILTER_LENGTH, MAX_FILTER_TERMS } from './bounds.ts'
import { parseFilter } from './parse-filter.ts'

const refusal = (text: string) => {
  try {
    parseFilter(text)
    return undefined
  } catch (cause) {
    return cause
  }
}

describe('whatever the text', () => {
  test('the parser answers with a filter or with invalidFilter, never otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(filterLikeText, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        const cause = refusal(text)
        if (cause === undefined) return
        expect(cause).toBeInstanceOf(ScimError)
        expect(cause).toMatchObject({
          status: 400,
          scimType: 'invalidFilter',
          detail: expect.stringMatching(/\w/),
        })
        expect((cause as ScimError).detail.length).toBeLessThan(300)
      }),
      { numRuns: 3000 },
    )
  })

  test('a printed filter parses to what was printed', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const text = printFilter(filter)
        fc.pre(text.length <= MAX_FILTER_LENGTH)
        expect(parseFilter(text)).toEqual(filter)
      }),
      { numRuns: 2000 },
    )
  })

  test('printing and parsing again changes nothing that parses', () => {
    fc.assert(
      fc.property(filterLikeText, (text) => {
        if (refusal(text) !== undefined) return
        const filter = parseFilter(text)
        expect(parseFilter(printFilter(filter))).toEqual(filter)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('bounds, each said in the detail', () => {
  test.each([
    ['length', `a eq "${'x'.repeat(MAX_FILTER_LENGTH)}"`, MAX_FILTER_LENGTH],
    [
      'depth of parentheses',
      `${'('.repeat(MAX_FILTER_DEPTH + 1)}a pr${')'.repeat(MAX_FILTER_DEPTH + 1)}`,
      MAX_FILTER_DEPTH,
    ],
    [
      'depth of negations',
      `${'not ('.repeat(MAX_FILTER_DEPTH + 1)}a pr${')'.repeat(MAX_FILTER_DEPTH + 1)}`,
      MAX_FILTER_DEPTH,
    ],
    [
      'depth with brackets',
      `${'('.repeat(MAX_FILTER_DEPTH)}a[b pr]${')'.repeat(MAX_FILTER_DEPTH)}`,
      MAX_FILTER_DEPTH,
    ],
    [
      'comparisons',
      Array(MAX_FILTER_TERMS + 1)
        .fill('a pr')
        .join(' or '),
      MAX_FILTER_TERMS,
    ],
    [
      'comparisons within brackets',
      `a[${Array(MAX_FILTER_TERMS + 1)
        .fill('b pr')
        .join(' or ')}]`,
      MAX_FILTER_TERMS,
    ],
  ])('%s', (_, text, bound) => {
    expect(refusal(text)).toMatchObject({
      scimType: 'invalidFilter',
      detail: expect.stringContaining(String(bound)),
    })
  })

  test('at each bound a filter still parses', () => {
    parseFilter(`${'('.repeat(MAX_FILTER_DEPTH)}a pr${')'.repeat(MAX_FILTER_DEPTH)}`)
    parseFilter(Array(MAX_FILTER_TERMS).fill('a pr').join(' or '))
    parseFilter(`a eq "${'x'.repeat(MAX_FILTER_LENGTH - 7)}"`)
    expect(parseFilter(Array(10).fill('(a pr)').join(' or '))).toMatchObject({ kind: 'or' })
  })

  test('unclosed brackets by the thousand are refused in a millisecond’s work, not by a full stack', () => {
    for (const text of [
      '('.repeat(4096),
      '['.repeat(4096),
      'a['.repeat(2048),
      'not('.repeat(1024),
      '"'.repeat(4095),
    ])
      expect(refusal(text)).toBeInstanceOf(ScimError)
  })
})

const a = { kind: 'present', path: { name: 'a' } }
const b = { kind: 'present', path: { name: 'b' } }
const c = { kind: 'present', path: { name: 'c' } }

describe('the grammar of RFC 7644 §3.4.2.2', () => {
  test.each([
    ['a pr or b pr and c pr', { kind: 'or', operands: [a, { kind: 'and', operands: [b, c] }] }],
    ['(a pr or b pr) and c pr', { kind: 'and', operands: [{ kind: 'or', operands: [a, b] }, c] }],
    ['not (a pr) and b pr', { kind: 'and', operands: [{ kind: 'not', operand: a }, b] }],
    ['NOT(a PR)', { kind: 'not', operand: a }],
    ['a pr AND b pr Or c pr', { kind: 'or', operands: [{ kind: 'and', operands: [a, b] }, c] }],
    ['a pr and (b pr and c pr)', { kind: 'and', operands: [a, { kind: 'and', operands: [b, c] }] }],
    ['  a\tpr\n', a],
    ['not pr', { kind: 'present', path: { name: 'not' } }],
    ['a eq True', { kind: 'compare', path: { name: 'a' }, operator: 'eq', value: true }],
    ['a eq NULL', { kind: 'compare', path: { name: 'a' }, operator: 'eq', value: null }],
    ['a GE -1.5e2', { kind: 'compare', path: { name: 'a' }, operator: 'ge', value: -150 }],
    ['a eq -0', { kind: 'compare', path: { name: 'a' }, operator: 'eq', value: 0 }],
    ['a eq "\\u00e9\\"\\\\"', { kind: 'compare', path: { name: 'a' }, operator: 'eq', value: 'é"\\' }],
    ['a.b eq ""', { kind: 'compare', path: { name: 'a', sub: 'b' }, operator: 'eq', value: '' }],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:name.familyName sw "J"',
      {
        kind: 'compare',
        path: { uri: 'urn:ietf:params:scim:schemas:core:2.0:User', name: 'name', sub: 'familyName' },
        operator: 'sw',
        value: 'J',
      },
    ],
    ['a[b pr]', { kind: 'values', path: { name: 'a' }, filter: b }],
    [
      'a[b pr].value eq "x"',
      {
        kind: 'values',
        path: { name: 'a' },
        filter: {
          kind: 'and',
          operands: [b, { kind: 'compare', path: { name: 'value' }, operator: 'eq', value: 'x' }],
        },
      },
    ],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter)
  })

  test.each([
    ['', 'position 1'],
    ['a', 'eq, ne, co'],
    ['a eq', 'a value'],
    ['a eq x', 'double quotes'],
    ['a eq 01', 'a value'],
    ['a eq 1.', 'a value'],
    ['a eq 1e999', 'a value'],
    ["a eq 'x'", 'a value'],
    ['a eq "x', 'no closing quote'],
    ['a eq "\\q"', 'not a JSON string'],
    ['a eq "\t"', 'not a JSON string'],
    ['a xx "x"', 'eq, ne, co'],
    ['a pr b pr', '"and" or "or"'],
    ['a pr and', 'an attribute name'],
    ['(a pr', '")"'],
    ['a pr)', 'the end'],
    ['a[b pr', '"]"'],
    ['a[b[c pr]]', 'do not nest'],
    ['a[]', 'an attribute name'],
    ['a[b pr].c.d eq 1', 'a sub-attribute name'],
    ['1a pr', 'an attribute name'],
    ['a.b.c pr', 'an attribute name'],
    ['a: pr', 'an attribute name'],
    ['http://x:a pr', 'an attribute name'],
    ['"a" pr', 'found the string a'],
    ['not a pr', 'eq, ne, co'],
  ])('%j is refused, and the detail says %j', (text, words) => {
    expect(() => parseFilter(text)).toThrow(words)
    expect(refusal(text)).toMatchObject({ status: 400, scimType: 'invalidFilter' })
  })
})
