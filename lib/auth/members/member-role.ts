import { DomainError } from '#lib/platform/domain-error'
import { MEMBER_ROLES, type MemberRole } from './create-member.ts'

/** Whoever changes the members of a team: owners may give and take every role, admins all but `owner`. */
export type MemberManager = { memberId: string; name: string; access: 'owner' | 'admin' }

/** A role as a form sent it. Throws DomainError `invalid`. */
export function readMemberRole(text: string): MemberRole {
  const role = MEMBER_ROLES.find((each) => each === text)
  if (!role)
    throw new DomainError('invalid', `The role is one of ${MEMBER_ROLES.join(', ')}.`, { field: 'role' })
  return role
}

/** Refuses an admin who would make or unmake an owner. Throws DomainError `forbidden`. */
export function checkMayGive(by: MemberManager, ...roles: string[]): void {
  if (by.access !== 'owner' && roles.includes('owner'))
    throw new DomainError('forbidden', 'Only an owner can make somebody owner, or change an owner.')
}
