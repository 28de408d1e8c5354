import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { attribute } from '../schema/attribute-definition.ts'
import { defineResources } from '../schema/resource-types.ts'
import { readResource } from './read-resource.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const x = 'urn:x:1.0:User'
const { User, Group } = defineResources(
  [
    {
      id: x,
      name: 'x',
      description: '',
      attributes: [
        attribute('level', '', { type: 'integer' }),
        attribute('ratio', '', { type: 'decimal' }),
        attribute('since', '', { type: 'dateTime' }),
        attribute('photo', '', { type: 'binary' }),
        attribute('badge', '', { mutability: 'immutable' }),
        attribute('grade', '', { mutability: 'readOnly', required: true }),
        attribute('pin', '', { returned: 'never' }),
      ],
    },
  ],
  ['urn:Gone:1.0'],
)
const create = (body: object) => readResource({ schemas: [core], userName: 'a', ...body }, User, 'create')
const read = (body: object) => create(body).attributes
const refused = (body: object) => scimRefusal(() => create(body))

describe('a resource is read in canonical spelling', () => {
  test.each<[string, object, object]>([
    [
      'names without case',
      { TITLE: 't', Name: { FAMILYNAME: 'F' } },
      { title: 't', name: { familyName: 'F' } },
    ],
    ['what is readOnly is passed over', { id: '9', meta: {}, groups: [{ value: 'g' }] }, {}],
    ['what is unassigned is left out', { title: '', name: {}, emails: [], nickName: null, emails2: 1 }, {}],
    ['booleans as Entra writes them', { active: 'False' }, { active: false }],
    ['… and the other', { active: 'TRUE' }, { active: true }],
    ['one value as an array of one', { title: ['t'] }, { title: 't' }],
    ['a list that is one value', { emails: { value: 'e' } }, { emails: [{ value: 'e' }] }],
    ['a bare value', { emails: ['e'] }, { emails: [{ value: 'e' }] }],
    ['a bare manager', { [enterprise]: { manager: 'm' } }, { [enterprise]: { manager: { value: 'm' } } }],
    [
      'empty elements are left out',
      { emails: [null, {}, { value: '' }, { value: 'e' }] },
      { emails: [{ value: 'e' }] },
    ],
    [
      'an extension by a URN of any case',
      { [enterprise.toUpperCase()]: { DEPARTMENT: 'D' } },
      { [enterprise]: { department: 'D' } },
    ],
    ['an extension without a value', { [enterprise]: { department: null } }, {}],
    ['an extension that is null', { [enterprise]: null }, {}],
    [
      'what is readOnly in an extension is passed over',
      { [x]: { GRADE: 'g', badge: 'b' } },
      { [x]: { badge: 'b' } },
    ],
    ['numbers, also as text', { [x]: { level: '-5', ratio: '1.5' } }, { [x]: { level: -5, ratio: 1.5 } }],
    ['minus nothing', { [x]: { level: -0 } }, { [x]: { level: 0 } }],
    [
      'a dateTime',
      { [x]: { since: '2024-05-13T06:42:34+02:00' } },
      { [x]: { since: '2024-05-13T04:42:34.000Z' } },
    ],
    ['base64', { [x]: { photo: 'a+/_-b= \n' } }, { [x]: { photo: 'a+/_-b= \n' } }],
    [
      'only the first primary',
      { emails: [{ value: 'a', primary: true }, { value: 'b', primary: true }, { value: 'c' }] },
      { emails: [{ value: 'a', primary: true }, { value: 'b', primary: false }, { value: 'c' }] },
    ],
    [
      'the same primary twice',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'a', primary: true },
        ],
      },
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'a', primary: true },
        ],
      },
    ],
    [
      'an app role of Entra',
      { roles: [{ value: '{"id":"1","value":"Admin","displayName":"A"}' }] },
      { roles: [{ value: 'Admin', display: 'A' }] },
    ],
    [
      '… whose own display goes first',
      { roles: [{ value: '{"value":"Admin","displayName":"A"}', display: 'B', type: 't' }] },
      { roles: [{ value: 'Admin', display: 'B', type: 't' }] },
    ],
    [
      '… without a display',
      { roles: ['{"value":"Admin","displayName":5}'] },
      { roles: [{ value: 'Admin' }] },
    ],
    [
      'what only looks like one',
      { roles: ['{"value":""}', '{x', '{"a":1}', ' {"value":"a"}', '[1]'] },
      { roles: ['{"value":""}', '{x', '{"a":1}', ' {"value":"a"}', '[1]'].map((value) => ({ value })) },
    ],
    ['elsewhere it is text', { emails: ['{"value":"Admin"}'] }, { emails: [{ value: '{"value":"Admin"}' }] }],
  ])('%s', (_, body, expected) => {
    expect(read(body)).toEqual({ userName: 'a', ...expected })
  })
  test('members of a group are read elsewhere', () => {
    expect(readResource({ displayName: 'g', members: [{ value: '1' }] }, Group, 'create').attributes).toEqual(
      { displayName: 'g' },
    )
  })
  test('what was tolerated is noted', () => {
    const { notes } = readResource(
      {
        schemas: ['urn:nobody'],
        userName: 'a',
        password: 'p',
        shoeSize: 1,
        emails: ['e'],
        name: { shoe: 1 },
        phoneNumbers: [
          { value: '1', primary: true },
          { value: '2', primary: true },
        ],
      },
      User,
      'create',
    )
    expect(notes).toEqual([
      { path: 'urn:nobody', message: 'This schema is not known; its attributes are ignored.' },
      { path: 'schemas', message: `"schemas" does not list ${core}; it was assumed.` },
      { path: 'password', message: 'Accepted and dropped; it is never stored.' },
      { path: 'shoeSize', message: 'No schema has this attribute; it was ignored.' },
      { path: 'emails', message: 'A bare value was taken as the sub-attribute "value".' },
      { path: 'name.shoe', message: 'No schema has this attribute; it was ignored.' },
      {
        path: 'phoneNumbers',
        message: 'More than one value was primary; the first one was kept as primary.',
      },
    ])
    expect(readResource({ userName: 'a' }, User, 'create').notes).toEqual([
      { path: 'schemas', message: `The body has no "schemas"; ${core} was assumed.` },
    ])
    expect(create({ password: '', schemas: [enterprise, core.toUpperCase()] }).notes).toEqual([])
    expect(create({ schemas: core }).notes).toEqual([])
  })
})

describe('what is refused', () => {
  test.each<[object, string]>([
    [{ schemas: [5] }, 'invalidValue: schemas must be an array of schema URNs.'],
    [{ userName: null }, 'invalidValue: userName is required and has no value.'],
    [{ userName: ' \t' }, 'invalidValue: userName is required and has no value.'],
    [{ userNAME: 'b' }, 'invalidSyntax: User: “userNAME” is there twice, in upper and lower case.'],
    [
      { name: { familyName: 'a', FamilyName: 'b' } },
      'invalidSyntax: name: “FamilyName” is there twice, in upper and lower case.',
    ],
    [{ title: 5 }, 'invalidValue: title must be a string; it was a number 5.'],
    [{ title: ['a', 'b'] }, 'invalidValue: title must be a string; it was an array.'],
    [{ active: 'yes' }, 'invalidValue: active must be true or false; it was a string "yes".'],
    [{ active: 1 }, 'invalidValue: active must be true or false; it was a number 1.'],
    [{ name: 'x' }, 'invalidValue: name must be an object; it was a string "x".'],
    [{ emails: [5] }, 'invalidValue: emails must be an object; it was a number 5.'],
    [
      { userName: 'x'.repeat(257) },
      'invalidValue: userName is 257 characters long; at most 256 are accepted.',
    ],
    [
      { title: 'x'.repeat(65_537) },
      'invalidValue: title is 65537 characters long; at most 65536 are accepted.',
    ],
    [{ title: 'a\u0000' }, 'invalidValue: title contains a NUL character.'],
    [{ title: '\ud800' }, 'invalidValue: title contains half of a surrogate pair.'],
    [{ emails: Array(1001).fill('e') }, 'invalidValue: emails has 1001 values; at most 1000 are accepted.'],
    [{ [enterprise]: 'x' }, `invalidValue: ${enterprise} must be an object; it was a string.`],
    [{ [x]: { level: 1.5 } }, `invalidValue: ${x}:level must be an integer; it was a number 1.5.`],
    [{ [x]: { level: 'x1' } }, `invalidValue: ${x}:level must be a number; it was a string "x1".`],
    [{ [x]: { level: '1x' } }, `invalidValue: ${x}:level must be a number; it was a string "1x".`],
    [{ [x]: { ratio: true } }, `invalidValue: ${x}:ratio must be a number; it was a boolean.`],
    [
      { [x]: { since: 'today' } },
      `invalidValue: ${x}:since must be a date and time like 2024-05-13T04:42:34Z; it was a string "today".`,
    ],
    [{ [x]: { photo: 'a!' } }, `invalidValue: ${x}:photo must be base64 text; it was a string "a!".`],
    [{ [x]: { pin: 1234 } }, `invalidValue: ${x}:pin must be a string; it was a number.`],
  ])('%j', (body, refusal) => {
    expect(refused(body)).toBe(`400 ${refusal}`)
  })
  test('a body that is no object', () => {
    expect(scimRefusal(() => readResource([], User, 'create'))).toBe(
      '400 invalidSyntax: The body must be a JSON object, the User; it was an array.',
    )
  })
  test('an extension that is there needs what it requires', () => {
    const y = defineResources([
      {
        id: 'urn:y',
        name: 'y',
        description: '',
        attributes: [attribute('must', '', { required: true }), attribute('may', '')],
      },
    ]).User
    const body = { schemas: [core], userName: 'a', 'urn:y': { may: '1' } }
    expect(scimRefusal(() => readResource(body, y, 'create'))).toBe(
      '400 invalidValue: urn:y:must is required and has no value.',
    )
    expect(() => readResource({ schemas: [core], userName: 'a' }, y, 'create')).not.toThrow()
  })
  test('more than ten thousand values', () => {
    const emails = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ value: `${at}`, type: 'work', display: 'd' }))
    const lists = { emails: emails(1000), phoneNumbers: emails(1000), ims: emails(1000) }
    expect(() =>
      read({ ...lists, addresses: Array(333).fill({ locality: 'l', region: 'r', country: 'c' }) }),
    ).not.toThrow()
    expect(
      refused({ ...lists, addresses: Array(334).fill({ locality: 'l', region: 'r', country: 'c' }) }),
    ).toBe('400 invalidValue: The resource has more than 10000 values.')
  })
})
