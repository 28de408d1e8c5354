import { pool } from '#lib/db/pool'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'

/** What changed in a team: pages that show it read it again. Ids and contents never travel. */
export type Topic = 'directory' | 'activity' | 'connections' | 'settings' | 'access'

export const LIVE_CHANNEL = 'muster_live'
const GATHER_MS = 150

/**
 * Tells every process that something of a team changed, at most once per 150 ms and team. It is said after the commit,
 * on its own: NOTIFY inside a transaction takes a lock that serialises the commits of all writers.
 */
export function announce(teamId: string, topic: Topic): void {
  const state = singleton('announce', () => ({
    waiting: new Map<string, Set<Topic>>(),
    timer: undefined as NodeJS.Timeout | undefined,
  }))
  const topics = state.waiting.get(teamId) ?? new Set()
  state.waiting.set(teamId, topics.add(topic))
  state.timer ??= setTimeout(() => {
    const messages = [...state.waiting].map(([team, set]) => `${team} ${[...set].join(',')}`)
    state.waiting.clear()
    state.timer = undefined
    pool()
      .query(`SELECT pg_notify('${LIVE_CHANNEL}', m) FROM unnest($1::text[]) AS m`, [messages])
      .catch((cause) =>
        logger().warn({ err: cause }, 'could not announce changes; open pages will refresh later'),
      )
  }, GATHER_MS)
}
