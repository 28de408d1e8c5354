import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import type { Counted } from './block-sql.ts'
import { BLOCK_ROWS, foldBlocks } from './fold-blocks.ts'

/**
 * Has a team's blocks counted in the background when more rows than two blocks stand outside of them: who asks for a
 * total notices, and does not wait. One at a time for each team and process.
 */
export function foldSoon(teamId: string, resource: Counted, outside = Number.POSITIVE_INFINITY): void {
  if (outside <= 2 * BLOCK_ROWS) return
  const running = singleton('fold-soon', () => new Map<string, Promise<void>>())
  const key = `${resource} ${teamId}`
  if (running.has(key)) return
  const folding = foldBlocks(teamId, resource)
    .then(() => undefined)
    .catch((cause) => logger().warn({ err: cause, teamId }, 'could not count a directory into blocks'))
    .finally(() => running.delete(key))
  running.set(key, folding)
}

/** Resolves when no counting is under way: before the pool closes. */
export async function foldingDone(): Promise<void> {
  await Promise.all(singleton('fold-soon', () => new Map<string, Promise<void>>()).values())
}
