import { NIL_ID } from '#lib/platform/ids'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import type { ExchangeDraft } from './exchange.ts'

export const KEPT_A_MINUTE = 300

type Window = { minute: number; kept: number; dropped: number }

/**
 * Whether an exchange is recorded. Of requests that nobody can be named for (no token that was ever good, no known
 * client) each process keeps 300 a minute: who has no credentials must not be able to fill the disk. The log says how
 * many were not kept.
 */
export function isKept({ teamId, at }: Pick<ExchangeDraft, 'teamId' | 'at'>): boolean {
  if (teamId !== NIL_ID) return true
  const window = singleton('anonymous-exchanges', (): Window => ({ minute: 0, kept: 0, dropped: 0 }))
  const minute = Math.floor(at / 60_000)
  if (window.minute < minute) {
    if (window.dropped > 0)
      logger().warn({ notRecorded: window.dropped }, 'many requests without known credentials')
    Object.assign(window, { minute, kept: 0, dropped: 0 })
  }
  if (window.kept < KEPT_A_MINUTE) {
    window.kept++
    return true
  }
  window.dropped++
  return false
}
