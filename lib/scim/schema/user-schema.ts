import { attribute, plural, type SchemaDefinition } from './attribute-definition.ts'
import { USER_SCHEMA } from './urns.ts'

const name = attribute('name', "The components of the user's name.", {
  type: 'complex',
  subAttributes: [
    attribute('formatted', 'The full name, formatted for display, e.g. "Ms. Barbara J Jensen, III".'),
    attribute('familyName', 'The family name, or last name in most Western languages.', { maxLength: 512 }),
    attribute('givenName', 'The given name, or first name in most Western languages.', { maxLength: 512 }),
    attribute('middleName', 'The middle name(s).'),
    attribute('honorificPrefix', 'The honorific prefix(es), or title, e.g. "Ms.".'),
    attribute('honorificSuffix', 'The honorific suffix(es), e.g. "III".'),
  ],
})

const addresses = attribute('addresses', 'Physical mailing addresses.', {
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('formatted', 'The full mailing address, formatted for display or a label.'),
    attribute('streetAddress', 'House number, street name, P.O. box and the like; may contain newlines.'),
    attribute('locality', 'The city or locality.'),
    attribute('region', 'The state or region.'),
    attribute('postalCode', 'The zip code or postal code.'),
    attribute('country', 'The country name, in ISO 3166-1 alpha-2 form.'),
    attribute('type', "A label indicating the attribute's function.", {
      canonicalValues: ['work', 'home', 'other'],
    }),
    attribute('primary', 'Whether this is the preferred address; true at most once.', { type: 'boolean' }),
  ],
})

const groups = attribute(
  'groups',
  'The groups to which the user belongs; changed through the Group resource.',
  {
    type: 'complex',
    multiValued: true,
    mutability: 'readOnly',
    subAttributes: [
      attribute('value', 'The identifier of the group.', { caseExact: true, mutability: 'readOnly' }),
      attribute('$ref', 'The URI of the group.', {
        type: 'reference',
        referenceTypes: ['Group'],
        mutability: 'readOnly',
      }),
      attribute('display', "The group's display name.", { mutability: 'readOnly' }),
      attribute('type', 'Whether the membership is direct or through a nested group.', {
        canonicalValues: ['direct', 'indirect'],
        mutability: 'readOnly',
      }),
    ],
  },
)

const IM_TYPES = ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo']

/** RFC 7643 §4.1 and §8.7.1. `password` is accepted and dropped: Muster signs nobody in with it. */
export const userSchema: SchemaDefinition = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', 'The unique name of the user; compared without case, kept as it was sent.', {
      required: true,
      uniqueness: 'server',
      maxLength: 256,
    }),
    name,
    attribute('displayName', 'The name of the user, suitable for display.', { maxLength: 512 }),
    attribute('nickName', 'The casual way to address the user.'),
    attribute('profileUrl', "The URL of the user's online profile.", {
      type: 'reference',
      referenceTypes: ['external'],
    }),
    attribute('title', 'The user\'s title, such as "Vice President".'),
    attribute('userType', 'The relationship between the organization and the user, e.g. "Contractor".'),
    attribute('preferredLanguage', "The user's preferred languages, as in the Accept-Language header."),
    attribute('locale', 'The user\'s default location, for currency, dates and numbers, e.g. "en-US".'),
    attribute('timezone', 'The time zone in IANA form, e.g. "America/Los_Angeles".'),
    attribute('active', "The user's administrative status.", { type: 'boolean' }),
    attribute('password', 'Accepted and dropped; never stored, never returned.', {
      mutability: 'writeOnly',
      returned: 'never',
    }),
    plural('emails', 'Email addresses.', ['work', 'home', 'other'], { maxLength: 512 }),
    plural('phoneNumbers', 'Phone numbers.', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    plural('ims', 'Instant messaging addresses.', IM_TYPES),
    plural('photos', 'URLs of photos.', ['photo', 'thumbnail'], {
      type: 'reference',
      referenceTypes: ['external'],
      caseExact: true,
    }),
    addresses,
    groups,
    plural('entitlements', 'Things the user has and may be entitled to.', undefined),
    plural('roles', 'The roles that describe who the user is, e.g. "Student".', undefined),
    plural('x509Certificates', 'X.509 certificates, DER encoded.', undefined, {
      type: 'binary',
      caseExact: true,
    }),
  ],
}
