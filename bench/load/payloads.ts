const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export const userName = (key: number | string) => `u.${key}@example.com`

/** A user as Okta creates it: fourteen attributes, 640 bytes. */
export function user(key: number | string, changes: object = {}): object {
  return {
    schemas: [USER, ENTERPRISE],
    userName: userName(key),
    externalId: `00u${key}`,
    name: { givenName: `Given${key}`, familyName: `Family${key}` },
    emails: [{ primary: true, value: userName(key), type: 'work' }],
    displayName: `Given${key} Family${key}`,
    title: 'Engineer',
    locale: 'en-US',
    active: true,
    groups: [],
    [ENTERPRISE]: { employeeNumber: String(key), department: 'Research', organization: 'Acme' },
    ...changes,
  }
}

export function group(displayName: string, members: readonly string[] = []): object {
  return { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) }
}

export function patch(...Operations: object[]): object {
  return { schemas: [PATCH], Operations }
}

export const addMembers = (...values: string[]) =>
  patch({ op: 'add', path: 'members', value: values.map((value) => ({ value })) })
export const removeMember = (value: string) => patch({ op: 'remove', path: `members[value eq "${value}"]` })
export const replaceMembers = (values: readonly string[]) =>
  patch({ op: 'replace', path: 'members', value: values.map((value) => ({ value })) })
export const setActive = (active: boolean) => patch({ op: 'replace', value: { active } })

export const lookUp = (key: number | string) =>
  `/Users?filter=${encodeURIComponent(`userName eq "${userName(key)}"`)}&startIndex=1&count=100`
