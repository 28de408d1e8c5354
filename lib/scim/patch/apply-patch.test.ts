import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definitions, HR, patchOperation, userBody } from '#tests/arbitrary/resources'
import { copyJson, type JsonObject } from '../json-value.ts'
import { readResource } from '../resource/read-resource.ts'
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE } from '../schema/urns.ts'
import { ScimError } from '../scim-error.ts'
import { applyPatch } from './apply-patch.ts'
import { parsePatchRequest } from './parse-patch-request.ts'

const definition = definitions.User
const SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']

function patch(resource: JsonObject, ...operations: unknown[]) {
  const request = parsePatchRequest({ schemas: SCHEMAS, Operations: operations })
  return applyPatch(resource, request.operations, definition)
}

/** The result, or the ScimError; anything else that is thrown fails the test. */
function attempt<T>(work: () => T): T | ScimError {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof ScimError) return cause
    throw cause
  }
}

/** Resources as they are stored. */
const stored = userBody
  .map((body) => attempt(() => readResource(body, definition, 'create').attributes))
  .filter((read): read is Exclude<typeof read, ScimError> => !(read instanceof ScimError))
const operations = fc.array(patchOperation, { minLength: 1, maxLength: 4 })
const runs = { numRuns: 300 }

describe('whatever the operations', () => {
  test('the answer is a resource or a ScimError of 400, and the input is not changed', () => {
    fc.assert(
      fc.property(stored, operations, (resource, ops) => {
        const before = copyJson(resource)
        const result = attempt(() => patch(resource, ...ops))
        expect(resource).toEqual(before)
        if (!(result instanceof ScimError)) return
        expect(result).toMatchObject({
          status: 400,
          scimType: expect.any(String),
          detail: expect.stringMatching(/\w/),
        })
      }),
      runs,
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('nothing that is readOnly, writeOnly or unknown is ever written', () => {
    const hidden = ['id', 'meta', 'groups', 'schemas', 'password', 'strange']
    fc.assert(
      fc.property(stored, operations, (resource, ops) => {
        const result = attempt(() =>
          patch({ ...resource, [HR]: { ...(resource[HR] as object), computed: 'kept' } }, ...ops),
        )
        if (result instanceof ScimError) return
        for (const name of hidden) expect(result.resource).not.toHaveProperty([name])
        expect((result.resource[HR] as JsonObject).computed).toBe('kept')
        const known = new Set([...definition.attributes.values()].map((attribute) => attribute.name))
        const urns = new Set([...definition.extensions.values()].map(({ schema }) => schema.id))
        for (const key of Object.keys(result.resource))
          expect(known.has(key) || urns.has(key), key).toBe(true)
      }),
      runs,
    )
  })

  test('an immutable attribute that has a value keeps it', () => {
    fc.assert(
      fc.property(stored, operations, (resource, ops) => {
        const result = attempt(() =>
          patch({ ...resource, [HR]: { ...(resource[HR] as object), badge: 'B' } }, ...ops),
        )
        if (!(result instanceof ScimError)) expect((result.resource[HR] as JsonObject).badge).toBe('B')
      }),
      runs,
    )
  })

  test('the outcome is a resource that a create would store as it is', () => {
    fc.assert(
      fc.property(stored, operations, (resource, ops) => {
        const result = attempt(() => patch(resource, ...ops))
        if (result instanceof ScimError || !result.changed) return
        const again = readResource(result.resource, definition, 'create')
        expect(again.attributes).toEqual(result.resource)
      }),
      runs,
    )
  })

  test('changed says whether anything differs, and nothing differs without a change', () => {
    fc.assert(
      fc.property(stored, operations, (resource, ops) => {
        const result = attempt(() => patch(resource, ...ops))
        if (result instanceof ScimError) return
        if (result.changed) expect(result.resource).not.toEqual(resource)
        else expect(result.resource).toEqual(resource)
        expect(result.changes.length > 0).toBe(result.changed)
      }),
      runs,
    )
  })

  test('operations one after the other are operations together', () => {
    fc.assert(
      fc.property(stored, patchOperation, patchOperation, (resource, one, two) => {
        const first = attempt(() => patch(resource, one))
        // What is required is checked when all are done: userName may be away in between.
        if (first instanceof ScimError) return
        const second = attempt(() => patch(first.resource, two))
        const both = attempt(() => patch(resource, one, two))
        if (second instanceof ScimError) expect(both).toBeInstanceOf(ScimError)
        else if (both instanceof ScimError) throw both
        else expect(both.resource).toEqual(second.resource)
      }),
      runs,
    )
  })

  test('a replace that is repeated changes nothing the second time', () => {
    const replace = patchOperation.filter((operation) => operation.op.toLowerCase() === 'replace')
    fc.assert(
      fc.property(stored, replace, (resource, operation) => {
        const once = attempt(() => patch(resource, operation))
        if (once instanceof ScimError) return
        const twice = attempt(() => patch(once.resource, operation))
        // A filter may no longer select what the first time changed.
        if (!(twice instanceof ScimError) && !JSON.stringify(operation).includes('['))
          expect(twice.resource).toEqual(once.resource)
      }),
      runs,
    )
  })

  test('at most one value is primary afterwards', () => {
    fc.assert(
      fc.property(stored, operations, (resource, ops) => {
        const result = attempt(() => patch(resource, ...ops))
        if (result instanceof ScimError) return
        for (const values of [
          result.resource.emails,
          (result.resource[HR] as JsonObject | undefined)?.desks,
        ]) {
          const primaries = ((values ?? []) as JsonObject[]).filter((value) => value.primary === true)
          // Values that are alike in everything are one value twice.
          expect(new Set(primaries.map((value) => JSON.stringify(value))).size).toBeLessThanOrEqual(1)
        }
      }),
      runs,
    )
  })
})

const ana = {
  userName: 'ana',
  name: { givenName: 'Ana', familyName: 'Silva' },
  emails: [
    { value: 'a@example.com', type: 'work', primary: true },
    { value: 'a@home.example', type: 'home' },
  ],
}

describe('RFC 7644 §3.5.2, one rule at a time', () => {
  test.each<[string, unknown[], object]>([
    ['add sets a single value', [{ op: 'add', path: 'title', value: 'Lead' }], { title: 'Lead' }],
    ['add replaces a single value', [{ op: 'add', path: 'userName', value: 'ANA' }], { userName: 'ANA' }],
    [
      'add merges a complex value',
      [{ op: 'add', path: 'name', value: { middleName: 'M' } }],
      { name: { ...ana.name, middleName: 'M' } },
    ],
    [
      'replace merges a complex value',
      [{ op: 'replace', path: 'name', value: { givenName: 'B' } }],
      { name: { givenName: 'B', familyName: 'Silva' } },
    ],
    [
      'a sub-attribute by path',
      [{ op: 'replace', path: 'NAME.GIVENNAME', value: 'B' }],
      { name: { givenName: 'B', familyName: 'Silva' } },
    ],
    [
      'a sub-attribute set to null goes',
      [{ op: 'replace', path: 'name', value: { givenName: null } }],
      { name: { familyName: 'Silva' } },
    ],
    [
      'removing the last sub-attribute removes the whole',
      [
        { op: 'remove', path: 'name.givenName' },
        { op: 'remove', path: 'name.familyName' },
      ],
      { name: undefined },
    ],
    [
      'add appends what is not there',
      [{ op: 'add', path: 'emails', value: [{ value: 'c', type: 'other' }, ana.emails[1]] }],
      { emails: [...ana.emails, { value: 'c', type: 'other' }] },
    ],
    [
      'add takes one value outside a list',
      [{ op: 'add', path: 'emails', value: { value: 'c' } }],
      { emails: [...ana.emails, { value: 'c' }] },
    ],
    [
      'replace puts another list',
      [{ op: 'replace', path: 'emails', value: [{ value: 'c' }] }],
      { emails: [{ value: 'c' }] },
    ],
    [
      'replace with an empty list removes all',
      [{ op: 'replace', path: 'emails', value: [] }],
      { emails: undefined },
    ],
    [
      'null unassigns',
      [
        { op: 'replace', path: 'emails', value: null },
        { op: 'add', path: 'name', value: null },
      ],
      { emails: undefined, name: undefined },
    ],
    ['remove by a filter', [{ op: 'remove', path: 'emails[type eq "HOME"]' }], { emails: [ana.emails[0]] }],
    [
      'remove of what is not there does nothing',
      [
        { op: 'remove', path: 'emails[type eq "x"]' },
        { op: 'remove', path: 'title' },
      ],
      {},
    ],
    [
      'remove by value, as Entra does',
      [{ op: 'Remove', path: 'emails', value: [{ value: 'a@home.example' }] }],
      { emails: [ana.emails[0]] },
    ],
    [
      'remove of one sub-attribute of every value',
      [{ op: 'remove', path: 'emails.type' }],
      { emails: [{ value: 'a@example.com', primary: true }, { value: 'a@home.example' }] },
    ],
    [
      'replace of a sub-attribute by a filter',
      [{ op: 'replace', path: 'emails[type eq "home"].value', value: 'z' }],
      { emails: [ana.emails[0], { value: 'z', type: 'home' }] },
    ],
    [
      'replace of a whole value by a filter keeps what selected it',
      [{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'z' } }],
      { emails: [ana.emails[0], { value: 'z', type: 'home' }] },
    ],
    [
      'add to a value by a filter merges',
      [{ op: 'add', path: 'emails[type eq "home"]', value: { display: 'Home' } }],
      { emails: [ana.emails[0], { ...ana.emails[1], display: 'Home' }] },
    ],
    [
      'a new primary takes it from the old one',
      [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      {
        emails: [
          { ...ana.emails[0], primary: false },
          { ...ana.emails[1], primary: true },
        ],
      },
    ],
    [
      'a value that a filter describes is made, as Entra needs',
      [{ op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '1' }],
      { phoneNumbers: [{ type: 'work', value: '1' }] },
    ],
    [
      'also with primary',
      [{ op: 'replace', path: 'roles[primary eq "True"].value', value: 'admin' }],
      { roles: [{ primary: true, value: 'admin' }] },
    ],
    [
      'without a path each key is an attribute',
      [{ op: 'replace', value: { title: 'x', 'name.familyName': 'Y' } }],
      { title: 'x', name: { givenName: 'Ana', familyName: 'Y' } },
    ],
    [
      'without a path readOnly and unknown keys are passed over',
      [{ op: 'replace', value: { id: '1', meta: {}, groups: [], schemas: [], nosuch: 1, title: 'x' } }],
      { title: 'x' },
    ],
    [
      'without a path an extension by its URN',
      [{ op: 'add', value: { [ENTERPRISE]: { department: 'IT', manager: 'm1' } } }],
      { [ENTERPRISE]: { department: 'IT', manager: { value: 'm1' } } },
    ],
    [
      'an extension attribute by path',
      [{ op: 'add', path: `${ENTERPRISE}:manager.value`, value: 'm' }],
      { [ENTERPRISE]: { manager: { value: 'm' } } },
    ],
    [
      'a whole extension is removed',
      [
        { op: 'add', path: `${ENTERPRISE}:department`, value: 'IT' },
        { op: 'remove', path: ENTERPRISE.toLowerCase() },
      ],
      { [ENTERPRISE]: undefined },
    ],
    [
      'the core URN in front of a path',
      [{ op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:title', value: 'x' }],
      { title: 'x' },
    ],
    ['a boolean as Entra writes it', [{ op: 'Replace', path: 'active', value: 'False' }], { active: false }],
    ['an array of one for a single value', [{ op: 'add', path: 'title', value: ['x'] }], { title: 'x' }],
    ['a password is dropped', [{ op: 'replace', path: 'password', value: 's' }], {}],
    [
      'schemas follow from the attributes: what a client lists is passed over',
      [{ op: 'add', path: 'schemas', value: [ENTERPRISE] }],
      {},
    ],
    [
      'simple values are added once',
      [
        { op: 'add', path: `${HR}:tags`, value: ['a', 'b'] },
        { op: 'add', path: `${HR}:tags`, value: ['b', 'c'] },
      ],
      { [HR]: { tags: ['a', 'b', 'c'] } },
    ],
    [
      'simple values are removed by value',
      [
        { op: 'add', path: `${HR}:tags`, value: ['a', 'b'] },
        { op: 'remove', path: `${HR}:tags[value eq "a"]` },
      ],
      { [HR]: { tags: ['b'] } },
    ],
  ])('%s', (_, ops, expected) => {
    const wanted: Record<string, unknown> = { ...ana, ...expected }
    for (const key of Object.keys(wanted)) if (wanted[key] === undefined) delete wanted[key]
    expect(patch(ana, ...ops).resource).toEqual(wanted)
  })

  test.each<[string, unknown[], string, string]>([
    ['a readOnly attribute', [{ op: 'replace', path: 'id', value: 'x' }], 'mutability', 'id is readOnly'],
    [
      'a readOnly sub-attribute',
      [{ op: 'remove', path: 'meta.version' }],
      'mutability',
      'meta.version is readOnly',
    ],
    [
      'groups of a user',
      [{ op: 'add', path: 'groups', value: [{ value: 'x' }] }],
      'mutability',
      'groups is readOnly',
    ],
    ['removing what is required', [{ op: 'remove', path: 'userName' }], 'mutability', 'userName is required'],
    [
      'emptying what is required',
      [{ op: 'replace', path: 'userName', value: '' }],
      'invalidValue',
      'userName is required',
    ],
    ['an unknown attribute', [{ op: 'add', path: 'nosuch', value: 1 }], 'invalidPath', 'no attribute nosuch'],
    [
      'an unknown sub-attribute',
      [{ op: 'add', path: 'name.nosuch', value: 1 }],
      'invalidPath',
      'no attribute name.nosuch',
    ],
    ['a path that is none', [{ op: 'add', path: 'emails[type eq', value: 1 }], 'invalidPath', 'Expected'],
    [
      'a filter on a single value',
      [{ op: 'replace', path: 'title[value eq "x"]', value: 1 }],
      'invalidPath',
      'one value only',
    ],
    [
      'a filter on an extension',
      [{ op: 'remove', path: `${ENTERPRISE}[department pr]` }],
      'invalidPath',
      'no values to select',
    ],
    [
      'a filter that selects nothing and describes nothing',
      [{ op: 'replace', path: 'emails[value eq "z"].type', value: 'x' }],
      'noTarget',
      'selects no value',
    ],
    [
      'the same for a filter with or',
      [{ op: 'add', path: 'emails[type eq "x" or type eq "y"].value', value: 'x' }],
      'noTarget',
      'selects no value',
    ],
    [
      'a wrong type',
      [{ op: 'add', path: 'active', value: 'yes' }],
      'invalidValue',
      'active must be true or false',
    ],
    [
      'a wrong type in a list',
      [{ op: 'add', path: 'emails', value: [7] }],
      'invalidValue',
      'emails must be an object',
    ],
    [
      'a comparison that the type does not allow',
      [{ op: 'remove', path: 'emails[primary gt true]' }],
      'invalidPath',
      'eq, ne and pr',
    ],
    ['remove without a path', [{ op: 'remove' }], 'noTarget', 'needs a "path"'],
    ['add without a value', [{ op: 'add', path: 'title' }], 'invalidValue', 'needs a "value"'],
    [
      'a value that is no object, without a path',
      [{ op: 'add', value: 7 }],
      'invalidValue',
      'must be an object',
    ],
    ['another op', [{ op: 'move', path: 'title' }], 'invalidSyntax', 'add, remove or replace'],
    ['an op that is no string', [{ path: 'title' }], 'invalidSyntax', 'it was nothing'],
    ['an operation that is none', [7], 'invalidSyntax', 'must be an object'],
    ['a path that is no string', [{ op: 'add', path: 7, value: 1 }], 'invalidPath', 'must be a string'],
    [
      'too many values',
      [{ op: 'add', path: `${HR}:tags`, value: Array.from({ length: 1001 }, (_, i) => `${i}`) }],
      'invalidValue',
      'at most 1000',
    ],
    [
      'too many values by and by',
      [
        { op: 'add', path: `${HR}:tags`, value: Array.from({ length: 600 }, (_, i) => `${i}`) },
        { op: 'add', path: `${HR}:tags`, value: Array.from({ length: 600 }, (_, i) => `x${i}`) },
      ],
      'invalidValue',
      'at most 1000',
    ],
  ])('%s is refused, and nothing of the patch is done', (_, ops, scimType, words) => {
    const result = attempt(() => patch(ana, { op: 'add', path: 'nickName', value: 'never' }, ...ops))
    expect(result).toMatchObject({ status: 400, scimType, detail: expect.stringContaining(words) })
  })

  test('an attribute of an unknown schema is ignored with a note', () => {
    const result = patch(ana, { op: 'add', path: 'urn:example:unknown:1.0:User:x', value: 1 })
    expect(result).toMatchObject({ changed: false, notes: [{ path: 'urn:example:unknown:1.0:User:x' }] })
  })

  test('a body is checked: an object, with operations, at most as many as are accepted', () => {
    for (const body of [null, [], 'x', {}, { Operations: [] }, { Operations: {} }])
      expect(() => parsePatchRequest(body)).toThrow(ScimError)
    const add = { op: 'add', path: 'title', value: 'x' }
    expect(() => parsePatchRequest({ Operations: Array(100_001).fill(add) })).toThrow('at most')
    expect(parsePatchRequest({ operations: [add] })).toMatchObject({
      operations: [add],
      notes: [{ path: 'schemas' }],
    })
    expect(parsePatchRequest({ schemas: SCHEMAS, Operations: [add] }).notes).toEqual([])
  })

  test('changes name each attribute that differs', () => {
    const { changes } = patch(
      ana,
      { op: 'replace', path: 'name.givenName', value: 'B' },
      { op: 'remove', path: 'emails' },
      { op: 'add', path: `${ENTERPRISE}:department`, value: 'IT' },
    )
    expect(changes).toEqual([
      { path: 'name.givenName', before: 'Ana', after: 'B' },
      { path: 'emails', before: ana.emails, after: undefined },
      { path: `${ENTERPRISE}:department`, before: undefined, after: 'IT' },
    ])
  })
})
