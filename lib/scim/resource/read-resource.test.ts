import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definitions, HR, userBody } from '#tests/arbitrary/resources'
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE } from '../schema/urns.ts'
import { ScimError } from '../scim-error.ts'
import { readResource } from './read-resource.ts'

const read = (body: unknown, existing?: Record<string, unknown>) =>
  readResource(body, definitions.User, existing ? 'replace' : 'create', existing)
const refusalOf = (body: unknown, existing?: Record<string, unknown>) => {
  try {
    read(body, existing)
  } catch (cause) {
    if (cause instanceof ScimError) return cause
    throw cause
  }
  return undefined
}

describe('whatever the body', () => {
  test('it is read or refused with 400, and is not changed', () => {
    fc.assert(
      fc.property(fc.oneof(userBody, fc.jsonValue() as fc.Arbitrary<unknown>), (body) => {
        const before = structuredClone(body)
        const refusal = refusalOf(body)
        expect(body).toEqual(before)
        if (refusal) expect(refusal).toMatchObject({ status: 400, detail: expect.stringMatching(/\w/) })
      }),
      { numRuns: 500 },
    )
  })

  test('what was read reads as itself', () => {
    fc.assert(
      fc.property(userBody, (body) => {
        fc.pre(refusalOf(body) === undefined)
        const { attributes } = read(body)
        expect(read(attributes).attributes).toEqual(attributes)
        expect(read(attributes, attributes).attributes).toEqual(attributes)
      }),
      { numRuns: 500 },
    )
  })
})

describe('values are checked by their attribute', () => {
  test.each([
    [{ active: 'TRUE' }, { active: true }],
    [{ title: '' }, {}],
    [{ emails: [] }, {}],
    [{ name: { givenName: null } }, {}],
    [{ emails: { value: 'a' } }, { emails: [{ value: 'a' }] }],
    [{ emails: ['a'] }, { emails: [{ value: 'a' }] }],
    [{ EMAILS: [{ VALUE: 'a' }] }, { emails: [{ value: 'a' }] }],
    [{ [ENTERPRISE]: { manager: ['m'] } }, { [ENTERPRISE]: { manager: { value: 'm' } } }],
    [{ [HR]: { hired: '2024-02-29T10:00:00+01:00' } }, { [HR]: { hired: '2024-02-29T09:00:00.000Z' } }],
    [{ [HR]: { ratio: '-1.50', grade: -0 } }, { [HR]: { ratio: -1.5, grade: 0 } }],
    [{ [HR]: { tags: 'one' } }, { [HR]: { tags: ['one'] } }],
    [
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: false },
        ],
      },
    ],
  ])('%j is stored as %j', (given, stored) => {
    expect(read({ userName: 'u', ...given }).attributes).toEqual({ userName: 'u', ...stored })
  })

  test.each([
    [[], 'invalidSyntax', 'must be a JSON object'],
    [{}, 'invalidValue', 'userName is required'],
    [{ userName: ' ' }, 'invalidValue', 'userName is required'],
    [{ userName: 7 }, 'invalidValue', 'userName must be a string; it was a number 7'],
    [{ userName: 'x'.repeat(257) }, 'invalidValue', 'at most 256'],
    [{ userName: 'u', title: 'a\u0000' }, 'invalidValue', 'NUL'],
    [{ userName: 'u', title: '\ud800' }, 'invalidValue', 'surrogate'],
    [{ userName: 'u', title: 'x'.repeat(65_537) }, 'invalidValue', 'at most 65536'],
    [{ userName: 'u', title: ['a', 'b'] }, 'invalidValue', 'must be a string'],
    [{ userName: 'u', active: 1 }, 'invalidValue', 'true or false'],
    [{ userName: 'u', name: 'Ana' }, 'invalidValue', 'name must be an object'],
    [{ userName: 'u', emails: Array(1001).fill({ value: 'a' }) }, 'invalidValue', 'at most 1000'],
    [{ userName: 'u', schemas: [7] }, 'invalidValue', 'schema URNs'],
    [{ userName: 'u', [ENTERPRISE]: 'x' }, 'invalidValue', 'must be an object'],
    [{ userName: 'u', [HR]: { grade: 1.5 } }, 'invalidValue', 'an integer'],
    [{ userName: 'u', [HR]: { grade: 1e300 } }, 'invalidValue', 'an integer'],
    [{ userName: 'u', [HR]: { hired: '2024-02-30T00:00:00Z' } }, 'invalidValue', 'date and time'],
    [{ userName: 'u', x509Certificates: [{ value: '*' }] }, 'invalidValue', 'base64'],
  ])('%j is refused', (body, scimType, words) => {
    expect(refusalOf(body)).toMatchObject({ status: 400, scimType, detail: expect.stringContaining(words) })
  })

  test('what is ignored leaves a note, but for what is readOnly', () => {
    const { attributes, notes } = read({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:x:y'],
      userName: 'u',
      id: '1',
      meta: {},
      groups: [{ value: 'g' }],
      password: 'secret',
      strange: 1,
      'urn:x:y': { a: 1 },
      [HR]: { computed: 'x', nosuch: 1 },
    })
    expect(attributes).toEqual({ userName: 'u' })
    expect(notes.map((note) => note.path)).toEqual([
      'urn:x:y',
      'password',
      'strange',
      'urn:x:y',
      `${HR}.nosuch`,
    ])
    expect(JSON.stringify(notes)).not.toContain('secret')
  })
})

describe('PUT', () => {
  const existing = { userName: 'u', active: false, title: 't', [HR]: { badge: 'B', computed: 'c' } }

  test('clears what the body does not say, but for active', () => {
    expect(read({ userName: 'u', [HR]: { badge: 'B' } }, existing).attributes).toEqual({
      userName: 'u',
      active: false,
      [HR]: { badge: 'B' },
    })
  })

  test('refuses another value of an immutable attribute, and leaving it out', () => {
    for (const body of [{ userName: 'u', [HR]: { badge: 'C' } }, { userName: 'u' }])
      expect(refusalOf(body, existing)).toMatchObject({ scimType: 'mutability' })
    expect(read({ userName: 'u', [HR]: { badge: 'C' } }, { userName: 'u' }).attributes[HR]).toEqual({
      badge: 'C',
    })
  })
})
