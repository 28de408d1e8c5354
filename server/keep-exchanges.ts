import { maintainPartitions } from '#lib/activity/maintain-partitions'
import { forgetAttempts } from '#lib/auth/forget-attempts'
import { forgetSessions } from '#lib/auth/forget-sessions'
import { forgetEnded } from '#lib/connections/forget-ended'
import { env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'

const EVERY_MS = 6 * 3_600_000

/** Makes room for the activity to come and lets go of what is past its retention, tokens, sessions and counts too: now, and four times a day. */
export async function keepExchanges(): Promise<void> {
  const work = async () => {
    try {
      await maintainPartitions(Date.now(), env().ACTIVITY_RETENTION_DAYS)
      await forgetEnded(Date.now(), env().ACTIVITY_RETENTION_DAYS)
      await forgetAttempts(Date.now())
      await forgetSessions(Date.now())
    } catch (cause) {
      logger().error({ err: cause }, 'could not maintain the activity log; trying again later')
    }
  }
  setInterval(work, EVERY_MS).unref()
  await work()
}
