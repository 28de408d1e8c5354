import { NIL_ID } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import type { ExchangeDraft } from './exchange.ts'

export const KEPT_A_MINUTE = 300

type Window = { minute: number; kept: number; dropped: number }

/**
 * Whether an exchange is recorded. Of requests that nobody answers for (no token that was ever good, no known client, or
 * one that was refused without a grant of it: a client's id is no secret) each process keeps 300 a minute, for each team
 * whose client was named and for all others together: who has no credentials must not be able to fill the disk, or to
 * hide what another team's client is refused for. The log says how many were not kept.
 */
export function isKept(
  exchange: Pick<ExchangeDraft, 'teamId' | 'at' | 'kind' | 'errorType' | 'connectionId'>,
): boolean {
  const { teamId, at } = exchange
  if (teamId !== NIL_ID && !isUnproven(exchange)) return true
  const windows = singleton('anonymous-exchanges', () => new Map<string, Window>())
  const minute = Math.floor(at / 60_000)
  let window = windows.get(teamId)
  if (!window || window.minute < minute) {
    if (window && window.dropped > 0)
      logger().warn({ notRecorded: window.dropped, teamId }, 'many requests without known credentials')
    window = { minute, kept: 0, dropped: 0 }
    windows.set(teamId, window)
  }
  if (window.kept < KEPT_A_MINUTE) {
    window.kept++
    return true
  }
  window.dropped++
  return false
}

/** Refused, and of no connection: anybody may send a client's id. */
function isUnproven({
  kind,
  errorType,
  connectionId,
}: Pick<ExchangeDraft, 'kind' | 'errorType' | 'connectionId'>): boolean {
  return kind === 'oauth' && errorType !== null && connectionId === null
}
