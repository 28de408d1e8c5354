import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from './json.ts'
import { parseJsonInSlices, SLICE_BYTES } from './json-in-slices.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function inSlices(given: Uint8Array, sliceBytes?: number): { value: unknown; steps: number } {
  const steps = parseJsonInSlices(given, sliceBytes)
  for (let count = 1; ; count++) {
    const { done, value } = steps.next()
    if (done) return { value, steps: count }
  }
}

/** What comes of reading: the value, or the refusal. */
function outcome(read: () => unknown): unknown {
  try {
    return { value: read() }
  } catch (cause) {
    return String(cause)
  }
}

function same(given: Uint8Array, sliceBytes: number): void {
  expect(outcome(() => inSlices(given, sliceBytes).value)).toEqual(outcome(() => parseJson(given)))
}

describe('a body read in slices is what it is when read at once', () => {
  test('whatever JSON it is, and wherever it is cut', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.integer({ min: 1, max: 40 }), (text, sliceBytes) =>
        same(bytes(text), sliceBytes),
      ),
      { numRuns: 500 },
    )
  })
  test('and refused as it is then, when a character of it is another one, missing, or there twice', () => {
    const character = fc.constantFrom(...'[]{},:"\\ 0a\ufeff\n', '\\u0041', '\\ud800', '"a":1,')
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.nat({ max: 2 }),
        character,
        fc.integer({ min: 1, max: 20 }),
        (text, place, cut, inserted, sliceBytes) => {
          const at = place % (text.length + 1)
          same(bytes(text.slice(0, at) + inserted + text.slice(at + cut)), sliceBytes)
        },
      ),
      { numRuns: 2_000 },
    )
  })
  test.each([
    ['a list that ends as an object', '[1,2,3,4,5,6}'],
    ['an object that ends as a list', '{"a":1,"b":[1,2,3,4]]'],
    ['a comma at the end', '{"a":[1,2,3,4,5,6,]}'],
    ['a comma at the beginning', '{"a":[,1,2,3,4,5,6]}'],
    ['two commas', '{"a":[1,2,3,,4,5,6]}'],
    ['nothing but white space between two commas', '{"a":[1,2,3,      ,4,5,6]}'],
    ['a bracket more', '[1,2,3,4,5,6]]'],
    ['a bracket less', '[[1,2,3,4,5,6]'],
    ['an open string', '[1,2,3,"4,5,6]'],
    ['nothing', ''],
    ['a byte order mark at the beginning', '\ufeff[1,2,3,4,5]'],
    ['a byte order mark within', '[1,2,\ufeff3,4,5]'],
    ['a name twice in one of many objects', '[{"a":1,"b":2},{"a":1,"a":2},{"a":1}]'],
    ['a name twice beside a long list', '{"a":[1,2,3,4,5,6],"b":1,"b":2}'],
    ['half of a surrogate pair', '["a","b","\\ud800","c"]'],
    ['nesting that is too deep', `[1,2,3,${'['.repeat(70)}${']'.repeat(70)}]`],
  ])('%s', (_, text) => {
    for (const sliceBytes of [1, 2, 3, 5, 8]) same(bytes(text), sliceBytes)
  })
  test('bytes that are no UTF-8', () => {
    for (const sliceBytes of [1, 3, 6])
      same(new Uint8Array([0x5b, 0x22, 0x61, 0xc3, 0x22, 0x2c, 0x22, 0xe2, 0x82, 0x22, 0x5d]), sliceBytes)
  })
})

test('a membership of 100,000 is read in many steps, as PATCH, as PUT, and within a bulk request', () => {
  const members = Array.from({ length: 100_000 }, () => ({ value: crypto.randomUUID() }))
  const put = { schemas: ['urn'], displayName: 'All', members }
  const patch = { schemas: ['urn'], Operations: [{ op: 'replace', path: 'members', value: members }] }
  const bulk = {
    Operations: [
      { method: 'PUT', path: '/Groups/1', data: put },
      { method: 'PATCH', data: patch },
    ],
  }
  for (const body of [put, patch, bulk]) {
    const given = bytes(JSON.stringify(body))
    const { value, steps } = inSlices(given)
    expect(steps).toBeGreaterThan((1.9 * given.length) / SLICE_BYTES)
    expect(value).toEqual(body)
  }
})

test('a short body is read at once', () => {
  expect(inSlices(bytes('{"a":[1,2,3]}')).steps).toBe(1)
})
