import { allows, type SignedIn } from './signed-in.ts'
import type { AccessList } from './team-access.ts'

/**
 * Whether a person may make a team, and so become its owner: who administers one may, and who signs in by password and
 * has none. Whom the directory merely lets in may not.
 */
export function mayAddTeam(member: Pick<SignedIn, 'method'>, { teams, deactivatedIn }: AccessList): boolean {
  const none = teams.length === 0 && deactivatedIn.length === 0
  return teams.some(({ access }) => allows(access, 'admin')) || (none && member.method === 'password')
}
