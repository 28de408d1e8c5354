import { pool, prepared } from '#lib/db/pool'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'

/**
 * What changed in a team: pages that show it read it again. Ids and contents never travel. `sessions`: somebody was signed
 * out or lost their place in the team; `access`: what groups and roles give may have changed.
 */
export const TOPICS = ['directory', 'activity', 'connections', 'settings', 'access', 'sessions'] as const
export type Topic = (typeof TOPICS)[number]

export const LIVE_CHANNEL = 'muster_live'
const GATHER_MS = 50
const NOTIFY = `SELECT pg_notify('${LIVE_CHANNEL}', m) FROM unnest($1::text[]) AS m`

/**
 * Tells every process that something of a team changed, at most once per 50 ms and team. It is said after the commit,
 * on its own: NOTIFY inside a transaction takes a lock that serialises the commits of all writers.
 */
export function announce(teamId: string, topic: Topic): void {
  const waiting = gathered()
  const topics = waiting.teams.get(teamId) ?? new Set()
  waiting.teams.set(teamId, topics.add(topic))
  waiting.timer ??= setTimeout(() => void flushAnnouncements(), GATHER_MS)
}

/** Says at once what is still being gathered: before the process ends, or its pool. */
export async function flushAnnouncements(): Promise<void> {
  const waiting = gathered()
  clearTimeout(waiting.timer)
  waiting.timer = undefined
  if (waiting.teams.size === 0) return
  const messages = [...waiting.teams].map(([team, topics]) => `${team} ${[...topics].join(',')}`)
  waiting.teams.clear()
  await prepared(pool(), 'announce', NOTIFY, [messages]).catch((cause) =>
    logger().warn({ err: cause }, 'could not announce changes; open pages will refresh later'),
  )
}

function gathered() {
  return singleton('announce', () => ({
    teams: new Map<string, Set<Topic>>(),
    timer: undefined as NodeJS.Timeout | undefined,
  }))
}
