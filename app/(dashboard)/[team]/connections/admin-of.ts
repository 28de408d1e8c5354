import { requireRecentSignIn, requireTeam } from '#lib/auth/require-member'

/**
 * The admin of a team who acts here, as the verbs of lib/connections want them. With `recentFor`, somebody who signed in
 * more than 15 minutes ago does it again and comes back to that page.
 */
export async function adminOf(slug: string, recentFor?: string) {
  const { team, member } = await requireTeam(slug, 'admin')
  if (recentFor) await requireRecentSignIn(member, recentFor)
  return {
    teamId: team.id,
    email: member.email,
    actor: { kind: 'member' as const, id: member.memberId, name: member.email },
    now: Date.now(),
  }
}
