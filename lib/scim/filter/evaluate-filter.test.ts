import { describe, expect, test } from 'vitest'
import { scimRefusal } from '#tests/refusal'
import { defineResources } from '../schema/resource-types.ts'
import { evaluateFilter, matchesElement } from './evaluate-filter.ts'
import { parseFilter } from './parse-filter.ts'
import { resolveFilter, resolveValueFilter } from './resolve-filter.ts'

const { User } = defineResources([
  {
    id: 'urn:example:hr',
    name: 'hr',
    description: '',
    attributes: [],
  },
])
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const babs = {
  id: 'Id1',
  userName: 'Babs@Example.com',
  active: true,
  title: '',
  name: { familyName: 'Jensen' },
  emails: [
    { value: 'Babs@work.example', type: 'work', primary: true },
    { value: 'babs@home.example', type: 'home' },
  ],
  x509Certificates: [{ value: 'TUlJ' }],
  [enterprise]: { employeeNumber: '701984', manager: { value: 'M1' } },
  meta: { created: '2024-05-13T04:42:34.000Z' },
}
const finds = (filter: string, resource: object = babs) =>
  evaluateFilter(resolveFilter(parseFilter(filter), User).filter, resource as Record<string, unknown>)
const refused = (filter: string) => scimRefusal(() => resolveFilter(parseFilter(filter), User))

describe('a filter finds a resource', () => {
  test.each([
    'username eq "BABS@example.COM"',
    'userName sw "babs@"',
    'userName ew ".COM"',
    'userName co "@EXAMPLE"',
    'id eq "Id1"',
    'externalId ne "x"',
    'externalId eq null',
    'title eq null',
    'title ne "x"',
    'userName ne null',
    'active eq "True"',
    'active eq true',
    'active ne "FALSE"',
    'name.familyName gt "jensel"',
    'name.familyName ge "jensen"',
    'name.familyName le "jensen"',
    'name.familyName lt "jenseo"',
    'emails eq "babs@home.example"',
    'emails.value eq "babs@home.example"',
    'emails ne "babs@home.example"',
    'emails[type eq "work" and primary eq true]',
    'emails[type eq "home" and primary ne true]',
    'emails[not (type eq "work")]',
    'emails[primary pr]',
    'emails.type eq "WORK"',
    `${enterprise}:employeeNumber eq "701984"`,
    `${enterprise}:manager.value eq "M1"`,
    `${enterprise}:manager eq "M1"`,
    'urn:ietf:params:scim:schemas:core:2.0:User:userName pr',
    'meta.created gt "2024-05-13T06:42:33+02:00"',
    'meta.created eq "2024-05-13T04:42:34Z"',
    'meta.created sw "2024-05-13t"',
    'name pr and (title pr or active eq true)',
    'not (title pr)',
    'unknown ne "x"',
    'unknown eq null',
    'name ne null',
    'phoneNumbers eq null',
    'phoneNumbers ne "1"',
  ])('%s', (filter) => {
    expect(finds(filter)).toBe(true)
  })
  test.each([
    'id eq "id1"',
    'userName eq ""',
    'userName eq "\\ud800"',
    'userName co "\\u0000"',
    'title pr',
    'title eq ""',
    'title sw ""',
    'externalId eq "x"',
    'externalId gt ""',
    'userName eq null',
    'active eq false',
    'name.familyName gt "jensen"',
    'name.familyName lt "jensen"',
    'name.familyName ge "jenseo"',
    'name.familyName le "jensel"',
    'emails[type eq "home" and primary eq true]',
    'emails[value eq "x"]',
    'emails.display pr',
    'phoneNumbers pr',
    'phoneNumbers[type ne "work"]',
    'unknown eq "x"',
    'unknown ne null',
    'unknown pr',
    'unknown[value pr]',
    'emails[unknown pr]',
    'emails[name.x eq "work"]',
    'emails[urn:x:type eq "work"]',
    'password pr',
    'urn:nobody:userName pr',
    'active eq true and title pr',
    'not (active eq true)',
    'meta.created gt "2024-05-13T04:42:34Z"',
    'meta.created ew "Y"',
  ])('and not by %s', (filter) => {
    expect(finds(filter)).toBe(false)
  })
  test('any value of several makes it true, also for ne', () => {
    expect(finds('emails.type ne "work"')).toBe(true)
    expect(finds('emails.type ne "work"', { emails: [{ type: 'work' }] })).toBe(false)
  })
  test('a stored value of another type equals nothing', () => {
    expect(finds('userName eq "5"', { userName: 5 })).toBe(false)
    expect(finds('userName ne "5"', { userName: 5 })).toBe(true)
    expect(finds('active eq true', { active: 'true' })).toBe(false)
    expect(finds('emails.value eq "a"', { emails: 'a' })).toBe(false)
    expect(finds('emails eq null', { emails: [] })).toBe(true)
    expect(finds(`${enterprise}:employeeNumber pr`, { [enterprise]: 'x' })).toBe(false)
  })
  test('what an object inherits is no value', () => {
    expect(finds('name.familyName pr', { name: Object.create({ familyName: 'x' }) })).toBe(false)
  })
})

describe('operators that an attribute’s type does not allow (Table 3)', () => {
  test.each([
    ['active gt true', 'active is of type boolean: it can be compared with eq, ne and pr, not with gt.'],
    ['active co "t"', 'active is of type boolean: it can be compared with eq, ne and pr, not with co.'],
    ['active eq 1', 'active is of type boolean: compare it with true or false, not with a number.'],
    ['active eq "yes"', 'active is of type boolean: compare it with true or false, not with a string.'],
    [
      'userName eq 5',
      'userName is of type string: compare it with a string in double quotes, not with a number.',
    ],
    ['userName gt null', 'userName is of type string: gt cannot be used with null.'],
    ['meta.created eq 5', 'meta.created is of type dateTime: compare it with a string, not with a number.'],
    [
      'meta.created gt "yesterday"',
      'meta.created is of type dateTime: yesterday is not a date and time like 2024-05-13T04:42:34Z.',
    ],
    [
      'x509Certificates.value lt "a"',
      'x509Certificates.value is of type binary: it cannot be compared with lt.',
    ],
    [
      'name eq "x"',
      'name is complex: compare one of its sub-attributes (formatted, familyName, givenName, middleName, honorificPrefix, honorificSuffix).',
    ],
  ])('%s', (filter, detail) => {
    expect(refused(filter)).toBe(`400 invalidFilter: ${detail}`)
  })
  test.each(['x509Certificates.value eq "TUlJ"', 'x509Certificates.value co "ul"'])(
    '%s is compared as it is',
    (filter) => {
      expect(finds(filter)).toBe(filter.includes('eq'))
    },
  )
})

describe('numbers', () => {
  const extended = defineResources([
    {
      id: 'urn:x:2.0:User',
      name: 'x',
      description: '',
      attributes: [
        {
          name: 'level',
          type: 'integer',
          description: '',
          multiValued: false,
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
    },
  ]).User
  const level = (filter: string) =>
    evaluateFilter(resolveFilter(parseFilter(`urn:x:2.0:User:level ${filter}`), extended).filter, {
      'urn:x:2.0:User': { level: 5 },
    })
  test.each(['eq 5', 'ne 4', 'gt 4', 'ge 5', 'lt 6', 'le 5', 'pr'])('5 %s', (filter) => {
    expect(level(filter)).toBe(true)
  })
  test.each(['eq 4', 'ne 5', 'gt 5', 'ge 6', 'lt 5', 'le 4'])('not 5 %s', (filter) => {
    expect(level(filter)).toBe(false)
  })
  test.each([
    ['co 5', 'urn:x:2.0:User:level is of type integer: it cannot be compared with co.'],
    ['eq "5"', 'urn:x:2.0:User:level is of type integer: compare it with a number, not with a string.'],
  ])('%s is refused', (filter, detail) => {
    expect(scimRefusal(() => level(filter))).toBe(`400 invalidFilter: ${detail}`)
  })
})

describe('notes and elements', () => {
  test('an attribute that cannot be searched by is noted', () => {
    const { notes } = resolveFilter(parseFilter('shoeSize pr and emails[colour eq "x"]'), User)
    expect(notes).toEqual([
      {
        path: 'shoeSize',
        message:
          'The filter names an attribute that User resources cannot be searched by; it counts as absent.',
      },
      { path: 'colour', message: 'emails has no such sub-attribute; it counts as absent.' },
    ])
    expect(resolveFilter(parseFilter('userName pr'), User).notes).toEqual([])
  })
  test('of a simple multi-valued attribute, value is the element', () => {
    const schemas = User.attributes.get('schemas')
    if (!schemas) throw new Error('no schemas')
    const filter = resolveValueFilter(parseFilter('value eq "urn:x"'), schemas, [], 'invalidPath')
    expect(matchesElement(filter, schemas, 'urn:x')).toBe(true)
    expect(matchesElement(filter, schemas, 'urn:y')).toBe(false)
  })
})
