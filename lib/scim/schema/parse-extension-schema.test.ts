import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { parseExtensionSchema } from './parse-extension-schema.ts'

const id = 'urn:example:hr:1.0:User'
const schema = (...attributes: unknown[]) => ({ id, attributes })
const refused = (json: unknown) => scimRefusal(() => parseExtensionSchema(json))
const refusedAttribute = (attribute: unknown) => refused(schema(attribute))
const sub = { name: 's' }

describe('a team’s own extension is read (RFC 7643 §7)', () => {
  test('all but its id and the names has a default', () => {
    expect(parseExtensionSchema(schema({ name: 'badge' }))).toEqual({
      id,
      name: 'User',
      description: '',
      attributes: [
        {
          name: 'badge',
          type: 'string',
          description: '',
          multiValued: false,
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
    })
  })
  test('what is said counts, in any case', () => {
    const given = {
      name: 'badge',
      type: 'COMPLEX',
      description: 'd',
      multiValued: true,
      required: true,
      caseExact: true,
      mutability: 'Immutable',
      returned: 'REQUEST',
      uniqueness: 'NONE',
      canonicalValues: ['a'],
      referenceTypes: ['User'],
      subAttributes: [
        { name: '$ref', type: 'reference' },
        { name: 'b', type: 'binary', caseExact: null, type2: 1 },
      ],
    }
    expect(parseExtensionSchema({ id, name: 'N', description: 'D', attributes: [given] })).toMatchObject({
      name: 'N',
      description: 'D',
      attributes: [
        {
          ...given,
          type: 'complex',
          mutability: 'immutable',
          returned: 'request',
          uniqueness: 'none',
          subAttributes: [
            { name: '$ref', type: 'reference', caseExact: true },
            { name: 'b', type: 'binary', caseExact: true },
          ],
        },
      ],
    })
  })
  test('empty lists and null are as if they were not there', () => {
    const [read] = parseExtensionSchema({
      id,
      name: null,
      description: null,
      attributes: [
        {
          name: 'a',
          type: null,
          canonicalValues: [],
          referenceTypes: null,
          subAttributes: [],
          required: null,
        },
      ],
    }).attributes
    expect(read).not.toHaveProperty('canonicalValues')
    expect(read).not.toHaveProperty('referenceTypes')
    expect(read).not.toHaveProperty('subAttributes')
  })
  test('a hundred attributes, sub-attributes counted', () => {
    const complex = (count: number) => ({ name: 'c', type: 'complex', subAttributes: names(count) })
    const names = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `a${at}` }))
    expect(parseExtensionSchema(schema(...names(50), complex(49))).attributes).toHaveLength(51)
    expect(refused(schema(...names(50), complex(50)))).toBe(
      '400 invalidValue: A schema may have 100 attributes, sub-attributes counted.',
    )
  })
})

describe('a URN of one’s own', () => {
  test.each([
    'urn:a1:x',
    'URN:example-1:a.b_c-d:2.0:User',
    'urn:ietf:params:scim:schemas:extension:acme:2.0:User',
  ])('%s', (urn) => {
    expect(parseExtensionSchema({ id: urn, attributes: [{ name: 'a' }] }).id).toBe(urn)
  })
  test.each([
    5,
    '',
    'hr',
    'urn:a:x',
    'urn:-a:x',
    'xurn:aa:x',
    'urn:aa:',
    'urn:aa:x:',
    'urn:aa:x.',
    'urn:aa:x y',
    'urn:aa:x/y',
    `urn:aa:${'x'.repeat(151)}`,
  ])('%j is none', (urn) => {
    expect(refused({ id: urn, attributes: [] })).toContain(
      '400 invalidValue: "id" must be a URN like urn:example:scim:schemas:extension:hr:1.0:User (letters, digits, . : - _); it was ',
    )
  })
  test.each([
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'URN:IETF:params:scim:api:messages:2.0:Error',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:acme:Enterprise:2.0:user',
    'urn:muster:scim:schemas:extension:directory:1.0:User',
  ])('%s is taken', (urn) => {
    expect(refused({ id: urn, attributes: [] })).toBe(
      `400 invalidValue: ${urn} is a URN of the standard or of Muster itself; choose one of your own.`,
    )
  })
})

describe('what is refused', () => {
  test.each<[unknown, string]>([
    ['x', 'A schema must be a JSON object; it was a string.'],
    [
      {},
      '"id" must be a URN like urn:example:scim:schemas:extension:hr:1.0:User (letters, digits, . : - _); it was nothing.',
    ],
    [{ id }, `${id}: "attributes" must be an array of at least one attribute.`],
    [{ id, attributes: [] }, `${id}: "attributes" must be an array of at least one attribute.`],
    [
      { id, name: 'x'.repeat(101), attributes: [sub] },
      `${id}: "name" must be a string of at most 100 characters.`,
    ],
    [
      { id, description: 5, attributes: [sub] },
      `${id}: "description" must be a string of at most 1000 characters.`,
    ],
    [{ id, name: 'a\u0000', attributes: [sub] }, `${id}: "name" must be a string of at most 100 characters.`],
    [{ id, name: '\ud800', attributes: [sub] }, `${id}: "name" must be a string of at most 100 characters.`],
    [schema({ name: 'a' }, { name: 'A' }), `${id}: two attributes are named A.`],
  ])('%j', (json, detail) => {
    expect(refused(json)).toBe(`400 invalidValue: ${detail}`)
  })
  test.each<[unknown, string]>([
    ['x', `${id}: an attribute must be an object; it was a string.`],
    [{}, `${id}: an attribute name is a letter followed by letters, digits, - or _; it was nothing.`],
    [{ name: '1a' }, `${id}: an attribute name is a letter followed by letters, digits, - or _; it was 1a.`],
    [
      { name: 'a.b' },
      `${id}: an attribute name is a letter followed by letters, digits, - or _; it was a.b.`,
    ],
    [
      { name: '$ref' },
      `${id}: an attribute name is a letter followed by letters, digits, - or _; it was $ref.`,
    ],
    [{ name: 'constructor' }, `${id}: constructor cannot be the name of an attribute.`],
    [
      { name: 'a', type: 'text' },
      `${id}:a: "type" must be string, boolean, decimal, integer, dateTime, reference, binary, complex; it was text.`,
    ],
    [
      { name: 'a', type: 5 },
      `${id}:a: "type" must be string, boolean, decimal, integer, dateTime, reference, binary, complex; it was a number.`,
    ],
    [
      { name: 'a', mutability: 'writeOnly' },
      `${id}:a: "mutability" must be readWrite, immutable, readOnly; it was writeOnly.`,
    ],
    [{ name: 'a', returned: 'x' }, `${id}:a: "returned" must be default, always, request, never; it was x.`],
    [{ name: 'a', uniqueness: 'server' }, `${id}:a: "uniqueness" must be none; it was server.`],
    [{ name: 'a', required: 'yes' }, `${id}:a: "required" must be true or false; it was a string.`],
    [{ name: 'a', multiValued: 1 }, `${id}:a: "multiValued" must be true or false; it was a number.`],
    [{ name: 'a', caseExact: [] }, `${id}:a: "caseExact" must be true or false; it was an array.`],
    [
      { name: 'a', required: true, mutability: 'readOnly' },
      `${id}:a: a sub-attribute or readOnly attribute cannot be required.`,
    ],
    [{ name: 'a', subAttributes: [sub] }, `${id}:a: only a complex attribute has subAttributes.`],
    [{ name: 'a', type: 'complex' }, `${id}:a: a complex attribute needs subAttributes.`],
    [{ name: 'a', type: 'complex', subAttributes: [] }, `${id}:a: a complex attribute needs subAttributes.`],
    [
      { name: 'a', canonicalValues: [5] },
      `${id}:a: "canonicalValues" must be an array of at most 100 strings.`,
    ],
    [
      { name: 'a', referenceTypes: 'User' },
      `${id}:a: "referenceTypes" must be an array of at most 100 strings.`,
    ],
    [
      { name: 'a', canonicalValues: Array(101).fill('x') },
      `${id}:a: "canonicalValues" must be an array of at most 100 strings.`,
    ],
    [
      { name: 'a', description: 'x'.repeat(1001) },
      `${id}:a: "description" must be a string of at most 1000 characters.`,
    ],
  ])('attribute %j', (attribute, detail) => {
    expect(refusedAttribute(attribute)).toBe(`400 invalidValue: ${detail}`)
  })
  test.each<[object, string]>([
    [{ type: 'complex' }, `${id}:a:s: a sub-attribute cannot be complex (RFC 7643 §2.3.8).`],
    [{ multiValued: true }, `${id}:a:s: a sub-attribute cannot be multi-valued.`],
    [
      { mutability: 'immutable' },
      `${id}:a:s: a sub-attribute must be readWrite; set mutability on its parent.`,
    ],
    [{ required: true }, `${id}:a:s: a sub-attribute or readOnly attribute cannot be required.`],
  ])('sub-attribute %j', (more, detail) => {
    const attribute = { name: 'a', type: 'complex', subAttributes: [{ ...sub, ...more }] }
    expect(refusedAttribute(attribute)).toBe(`400 invalidValue: ${detail}`)
  })
  test('the longest of each is taken', () => {
    const name = `a${'b'.repeat(99)}`
    const given = { name, description: 'x'.repeat(1000), canonicalValues: Array(100).fill('x') }
    expect(parseExtensionSchema(schema(given)).attributes[0]).toMatchObject(given)
    expect(refusedAttribute({ name: `${name}b` })).toContain('an attribute name is')
  })
})
