import type { TokenWarning } from '#components/connection/token-warnings'
import { type RunningOut, tokensRunningOut } from '#lib/connections/tokens-running-out'

/** What TokenWarnings shows of a team, or of one connection. `mayRotate`: the reader may make a new token. */
export async function tokenWarnings(
  team: { id: string; slug: string },
  mayRotate: boolean,
  now: number,
  connectionId?: string,
): Promise<TokenWarning[]> {
  return shownWarnings(team, mayRotate, await tokensRunningOut({ teamId: team.id, connectionId, now }))
}

/** The same, of what has been read already. */
export function shownWarnings(
  team: { slug: string },
  mayRotate: boolean,
  found: readonly RunningOut[],
): TokenWarning[] {
  return found.map((each) => ({
    id: each.connectionId,
    connection: each.name,
    href: `/${team.slug}/connections/${each.connectionId}`,
    state: each.state,
    endsAt: each.endsAt,
    credential: each.credential,
    rotateHref: mayRotate ? `/${team.slug}/connections/service-users/${each.serviceUserId}/token` : undefined,
  }))
}
