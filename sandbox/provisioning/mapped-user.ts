import { fullName } from '../org/org.ts'
import type { Person } from '../org/state.ts'
import type { MappedUser } from '../scim-client/user-body.ts'

/** The default attribute mappings from an Okta profile to a SCIM user. */
export function mappedUser(person: Person): MappedUser {
  const { profile } = person
  return {
    oktaId: person.id,
    userName: profile.login,
    email: profile.email,
    givenName: profile.firstName,
    familyName: profile.lastName,
    displayName: profile.displayName === '' ? fullName(person) : profile.displayName,
    title: profile.title,
    department: profile.department,
    locale: 'en-US',
  }
}
