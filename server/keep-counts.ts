import { foldGrownBlocks } from '#lib/directory/blocks/fold-grown-blocks'
import { forgetWalks } from '#lib/directory/lists/list-walk'
import { logger } from '#lib/platform/logger'

const EVERY_MS = 20_000

/** Keeps the counts of growing directories near their ends, so that whoever looks first after an import does not wait. */
export function keepCounts(): void {
  const work = async () => {
    try {
      await foldGrownBlocks()
      await forgetWalks()
    } catch (cause) {
      logger().warn({ err: cause }, 'could not count growing directories; trying again soon')
    }
  }
  const again = () => setTimeout(() => void work().finally(again), EVERY_MS).unref()
  again()
}
