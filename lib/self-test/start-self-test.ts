import { logger } from '#lib/platform/logger'
import { reachServer } from './reach-server.ts'
import { runSelfTest } from './run-self-test.ts'
import { beginRun, finishRun, recordStep, recordTarget } from './self-test-runs.ts'

/**
 * Starts a self-test for a connection's page and returns at once; the page is told of every step. While one of the team is
 * under way no second one begins: `begun` is false, and the page shows the one there is.
 */
export async function startSelfTest(given: {
  teamId: string
  connectionId: string
  startedBy: string
}): Promise<{ id: string; begun: boolean }> {
  const run = await beginRun({ ...given, now: Date.now() })
  if (run.begun) void carryThrough(given.teamId, run.id)
  return run
}

async function carryThrough(teamId: string, id: string): Promise<void> {
  try {
    const { scimBaseUrl, note } = await reachServer()
    await recordTarget(teamId, id, scimBaseUrl, note)
    const outcome = await runSelfTest(scimBaseUrl, (step) => recordStep(teamId, id, step, Date.now()))
    await finishRun(teamId, id, outcome, Date.now())
  } catch (cause) {
    logger().warn({ err: cause }, 'a self-test could not be carried through')
    await finishRun(teamId, id, 'error', Date.now(), (cause as Error).message).catch((failure) =>
      logger().error({ err: failure }, 'the end of a self-test could not be recorded'),
    )
  }
}
