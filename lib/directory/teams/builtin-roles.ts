/**
 * The roles every team has from the start, by the names that Okta Advanced Server Access gives its API roles, and
 * what each permits. A user's access is the most permissive of their roles.
 */
export const BUILTIN_ROLES = [
  {
    name: 'access_admin',
    displayName: 'Administrator',
    description: 'Administers the team: connections, service users, groups, roles, members and settings.',
  },
  {
    name: 'access_user',
    displayName: 'User',
    description: 'Sees their own profile, groups and roles, and nothing of anyone else.',
  },
  {
    name: 'reporting_user',
    displayName: 'Reviewer',
    description: 'Reads everything in the team, the activity log included, and changes nothing.',
  },
] as const

export type BuiltinRoleName = (typeof BUILTIN_ROLES)[number]['name']

/**
 * The groups every team has from the start. Everyone in the directory belongs to `everyone` without a membership row;
 * `owners` cannot be deleted, nor its roles changed.
 */
export const SYSTEM_GROUPS = [
  { system: 'everyone', role: 'access_user' },
  { system: 'owners', role: 'access_admin' },
] as const satisfies { system: string; role: BuiltinRoleName }[]

/** Whether a group's name belongs to Muster, in whatever case, so that nobody pushes or makes a group of that name. */
export function isReservedGroupName(name: string): boolean {
  const key = name.trim().toLowerCase()
  return SYSTEM_GROUPS.some(({ system }) => system === key)
}
