import fc from 'fast-check'
import { type Filter, operators } from '#lib/scim/filter/ast'
import type { AttributePath } from '#lib/scim/schema/find-attribute'

const URNS = [
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'urn:example:x:1.0',
]
const KEYWORDS = ['and', 'or', 'not', 'eq', 'pr', 'true', 'null']

/** Names as the grammar allows them, the grammar's own keywords among them. */
const name = fc.oneof(
  fc.constantFrom('userName', 'emails', 'value', 'type', '$ref', 'x-y', 'a_1', ...KEYWORDS),
  fc.stringMatching(/^[A-Za-z$_][\w$-]{0,8}$/),
)

function pathOf(parts: { uri: string | undefined; name: string; sub: string | undefined }): AttributePath {
  return {
    ...(parts.uri !== undefined && { uri: parts.uri }),
    name: parts.name,
    ...(parts.sub !== undefined && { sub: parts.sub }),
  }
}

export const attributePath: fc.Arbitrary<AttributePath> = fc
  .record({
    uri: fc.option(fc.constantFrom(...URNS), { nil: undefined, freq: 3 }),
    name,
    sub: fc.option(name, { nil: undefined }),
  })
  .map(pathOf)
const plainPath: fc.Arbitrary<AttributePath> = fc
  .record({ name, sub: fc.option(name, { nil: undefined }) })
  .map((parts) => pathOf({ uri: undefined, ...parts }))

/** Every JSON value that a comparison can hold: any string, any finite number but -0, which is 0. */
export const literal = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"', '\\', '\u0000', '\ud800', ' and ', ')', ']'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

function filterOf(
  path: fc.Arbitrary<AttributePath>,
  nested: fc.Arbitrary<Filter> | undefined,
  depth: number,
) {
  return fc.letrec<{ filter: Filter; term: Filter }>((tie) => ({
    term: fc.oneof(
      { maxDepth: depth },
      fc.record({
        kind: fc.constant('compare' as const),
        path,
        operator: fc.constantFrom(...operators),
        value: literal,
      }),
      fc.record({ kind: fc.constant('present' as const), path }),
      ...(nested ? [fc.record({ kind: fc.constant('values' as const), path, filter: nested })] : []),
    ),
    filter: fc.oneof(
      { maxDepth: depth, withCrossShrink: true },
      tie('term'),
      fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        operands: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  })).filter
}

/** Filters of every form, within the bounds of the parser. */
export const anyFilter: fc.Arbitrary<Filter> = filterOf(attributePath, filterOf(plainPath, undefined, 2), 3)

/** Text that looks like a filter, mostly wrong. */
export const filterLikeText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '(',
          ')',
          '[',
          ']',
          '"',
          '\\',
          ' ',
          '.',
          ':',
          ' and ',
          ' or ',
          ' not ',
          'not(',
          ' eq ',
          ' pr',
          ' co ',
        ],
        ...[
          'userName',
          'emails',
          '.value',
          'urn:a:b:',
          '"x"',
          '"\\u12"',
          '1e999',
          '-0',
          'true',
          'null',
          '\t',
          '\u0000',
        ],
      ),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))
