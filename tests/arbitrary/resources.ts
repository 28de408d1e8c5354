import fc from 'fast-check'
import { parseExtensionSchema } from '#lib/scim/schema/parse-extension-schema'
import { defineResources } from '#lib/scim/schema/resource-types'
import { ENTERPRISE_USER_SCHEMA } from '#lib/scim/schema/urns'

export const HR = 'urn:example:scim:schemas:extension:hr:1.0:User'

/** A team's definitions, with an attribute of every kind that the core schemas lack. */
export const definitions = defineResources([
  parseExtensionSchema({
    id: HR,
    attributes: [
      { name: 'grade', type: 'integer' },
      { name: 'ratio', type: 'decimal' },
      { name: 'hired', type: 'dateTime' },
      { name: 'badge', caseExact: true, mutability: 'immutable' },
      { name: 'computed', mutability: 'readOnly' },
      { name: 'tags', multiValued: true },
      { name: 'pin', returned: 'never' },
      { name: 'notes', returned: 'request' },
      {
        name: 'desks',
        type: 'complex',
        multiValued: true,
        subAttributes: [
          { name: 'value' },
          { name: 'floor', type: 'integer' },
          { name: 'primary', type: 'boolean' },
        ],
      },
    ],
  }),
])

const text = fc.constantFrom('a', 'A', 'work', 'home', 'x@example.com', 'é', '😀', '0')
const loose = fc.oneof(
  text,
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constantFrom(null, '', [], {}, 'True', 'false', '7', '2024-01-01T00:00:00Z', '\u0000', '\ud800'),
)
/** Right nearly always: a resource has many attributes, and one wrong value refuses it whole. */
const mostly = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 60, arbitrary: good }, { weight: 1, arbitrary: loose })
const flag = fc.constantFrom<boolean | string>(true, false, 'True', 'false')
const element = fc.record(
  { value: mostly(text), type: text, primary: mostly(flag), display: text, strange: loose },
  { requiredKeys: [] },
)
const elements = mostly(fc.oneof(fc.array(element, { maxLength: 3 }), element))
const desk = fc.record(
  { value: text, floor: fc.integer({ min: 0, max: 3 }), primary: fc.boolean() },
  { requiredKeys: [] },
)

/** A value for one attribute, right more often than not. */
export const anyValue = fc.oneof(
  loose,
  elements,
  fc.record({ givenName: loose, familyName: loose, value: loose }, { requiredKeys: [] }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
)

/** The body of a User as clients send it, good and bad; keys in whatever case. */
export const userBody = fc.record(
  {
    schemas: fc.constantFrom<unknown>(['urn:ietf:params:scim:schemas:core:2.0:User'], ['urn:x:y'], []),
    id: loose,
    meta: loose,
    groups: elements,
    password: loose,
    userName: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('ana', 'BOB', 'c@d') },
      { weight: 1, arbitrary: loose },
    ),
    USERNAME: fc.constantFrom('other'),
    externalId: mostly(text),
    displayname: mostly(text),
    title: text,
    active: fc.oneof(fc.boolean(), fc.constantFrom('True', 'False')),
    name: fc.record({ givenName: text, familyname: text, middleName: mostly(text) }, { requiredKeys: [] }),
    emails: fc.array(fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
    phoneNumbers: elements,
    roles: elements,
    x509Certificates: fc.array(fc.record({ value: fc.base64String() }), { maxLength: 2 }),
    strange: loose,
    [ENTERPRISE_USER_SCHEMA]: fc.oneof(
      fc.record(
        { department: text, manager: fc.oneof(fc.record({ value: text }), text) },
        { requiredKeys: [] },
      ),
      loose,
    ),
    [HR]: fc.record(
      {
        grade: mostly(fc.oneof(fc.integer(), fc.constant('7'))),
        hired: mostly(fc.constantFrom('2024-01-01T00:00:00Z', '2024-02-29T10:00:00+01:00')),
        badge: text,
        computed: text,
        tags: fc.oneof(fc.array(text, { maxLength: 3 }), text),
        desks: fc.array(desk, { maxLength: 3 }),
        pin: text,
        notes: text,
      },
      { requiredKeys: [] },
    ),
    'urn:example:unknown': loose,
  },
  { requiredKeys: ['userName'] },
)

const PATHS = [
  ...[
    'userName',
    'displayName',
    'active',
    'title',
    'externalId',
    'name',
    'NAME.givenName',
    'name.familyName',
  ],
  ...[
    'emails',
    'emails.type',
    'emails[type eq "work"]',
    'emails[type eq "work"].value',
    'emails[value eq "a"].primary',
  ],
  ...[
    'emails[primary eq true]',
    'emails[type eq "home" and primary eq true].value',
    'roles',
    'roles[primary eq "True"].value',
  ],
  ...[
    'id',
    'meta',
    'meta.version',
    'groups',
    'groups[value eq "a"]',
    'schemas',
    'password',
    'strange',
    'title[value eq "a"]',
  ],
  ...[
    `${ENTERPRISE_USER_SCHEMA}:department`,
    `${ENTERPRISE_USER_SCHEMA}:manager`,
    `${ENTERPRISE_USER_SCHEMA}:manager.value`,
  ],
  ...[
    ENTERPRISE_USER_SCHEMA,
    HR,
    `${HR}:grade`,
    `${HR}:badge`,
    `${HR}:computed`,
    `${HR}:tags`,
    `${HR}:tags[value eq "a"]`,
  ],
  ...[
    `${HR}:desks[floor gt 1]`,
    `${HR}:desks[floor eq 2].value`,
    `${HR}:desks.primary`,
    `${HR}:nosuch`,
    'urn:x:y:unknown',
  ],
  ...['emails[', '', '__proto__', 'constructor', 'emails[type eq "work"]x', 'a b'],
]

export const patchPath = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 1, arbitrary: fc.string() },
)

const good: [string, fc.Arbitrary<unknown>][] = [
  ['userName', text],
  ['Active', flag],
  ['title', text],
  ['name.givenName', text],
  ['name', fc.record({ givenName: fc.option(text), familyName: text }, { requiredKeys: [] })],
  ['emails', fc.array(element, { maxLength: 3 })],
  ['emails.type', text],
  ['emails[type eq "work"].value', text],
  ['emails[type eq "work"].primary', flag],
  ['emails[type eq "home"]', element],
  ['roles[primary eq "True"].value', text],
  [`${ENTERPRISE_USER_SCHEMA}:department`, text],
  [`${ENTERPRISE_USER_SCHEMA}:manager`, text],
  [`${HR}:grade`, fc.integer()],
  [`${HR}:badge`, text],
  [`${HR}:tags`, fc.array(text, { maxLength: 3 })],
  [`${HR}:desks`, fc.array(desk, { maxLength: 3 })],
  [`${HR}:desks[floor eq 2].value`, text],
]
const rightOperation = fc
  .constantFrom(...good)
  .chain(([path, value]) =>
    fc.record({ op: fc.constantFrom('add', 'replace', 'Remove'), path: fc.constant(path), value }),
  )

/** One operation of a PATCH body, good and bad. */
export const patchOperation = fc.oneof(
  { weight: 12, arbitrary: rightOperation },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('remove'), path: patchPath }) },
  {
    weight: 1,
    arbitrary: fc.record(
      { op: fc.constantFrom('add', 'replace'), path: patchPath, value: anyValue },
      { requiredKeys: ['op', 'path'] },
    ),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('add', 'Replace'), value: userBody }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constantFrom('add', 'replace'),
      value: fc.dictionary(patchPath, anyValue, { maxKeys: 3 }),
    }),
  },
)
