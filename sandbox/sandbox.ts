import type { Org } from './org/org.ts'
import { loadState, stateSaver } from './org/store.ts'
import type { Sandbox } from './pages/context.ts'
import { type RunnerSettings, startRunner } from './provisioning/runner.ts'
import { seedSmall } from './seed.ts'

export type OpenSandbox = Sandbox & { close: () => Promise<void> }

/** Opens the state file, seeds a new one if asked, and starts the workers. */
export function openSandbox(
  options: RunnerSettings & { statePath: string; origin: string; seed?: 'small' },
): OpenSandbox {
  const now = () => new Date()
  const { state, isNew } = loadState(options.statePath, now())
  if (isNew && options.seed === 'small') seedSmall(state)
  const saver = stateSaver(options.statePath, state)
  const org: Org = {
    state,
    now,
    changed: () => {
      saver.soon()
      runner.wake()
    },
  }
  const runner = startRunner(org, options)
  runner.wake()
  saver.now()
  return {
    org,
    runner,
    pace: options,
    origin: options.origin,
    close: async () => {
      await runner.stop()
      saver.now()
    },
  }
}
