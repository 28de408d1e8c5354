import { logEvent } from '../org/log.ts'
import type { Org } from '../org/org.ts'
import type { App, Job } from '../org/state.ts'
import { OperationError, ScimCallError } from '../scim-client/call.ts'
import { MAX_ATTEMPTS, waitSeconds } from '../scim-client/retry-after.ts'
import type { Pace } from './connector.ts'
import { clearTask, jobFailed } from './job-failed.ts'
import { runJob } from './run-job.ts'

export type RunnerSettings = Pace & {
  /** How much faster than Okta's the waits after a 429 pass. */
  clockSpeed: number
}

export type Runner = {
  /** Looks at every queue; to be called whenever the org has changed. */
  wake: () => void
  /** Resolves with true once nothing is waiting or running, with false when that takes too long. */
  idle: (timeoutMilliseconds: number) => Promise<boolean>
  /** Takes no new work and waits for the jobs in hand. */
  stop: () => Promise<void>
}

/** Works through each app's queue in order, one job at a time, apps beside each other. */
export function startRunner(org: Org, settings: RunnerSettings): Runner {
  const working = new Map<string, Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()
  let stopped = false
  let idleWaiters: (() => void)[] = []

  const busy = () => working.size > 0 || org.state.apps.some((app) => app.enabled && app.jobs.length > 0)
  const tellIdle = () => {
    if (busy()) return
    for (const waiter of idleWaiters) waiter()
    idleWaiters = []
  }

  const wake = () => {
    if (stopped) return
    for (const app of org.state.apps) {
      if (!app.enabled || app.jobs.length === 0 || working.has(app.id)) continue
      working.set(
        app.id,
        work(app).finally(() => {
          working.delete(app.id)
          tellIdle()
        }),
      )
    }
    tellIdle()
  }

  async function work(app: App): Promise<void> {
    // Let the request that queued the work be answered first.
    await new Promise((resolve) => setImmediate(resolve))
    for (let job = app.jobs[0]; job !== undefined && app.enabled && !stopped; job = app.jobs[0]) {
      const waitMilliseconds = job.notBefore === '' ? 0 : Date.parse(job.notBefore) - Date.now()
      if (waitMilliseconds > 0) {
        sleepThenWake(app.id, waitMilliseconds)
        return
      }
      await runOne(app, job)
      org.changed()
    }
  }

  async function runOne(app: App, job: Job): Promise<void> {
    job.state = 'running'
    try {
      await runJob(org, app, job.work, settings)
      clearTask(app, job.work)
    } catch (error) {
      if (!(error instanceof OperationError || error instanceof ScimCallError)) {
        console.error('A job failed in an unexpected way.', error)
      }
      if (postponed(app, job, error)) return
      jobFailed(org, app, job.work, error instanceof Error ? error.message : String(error))
    }
    app.jobs = app.jobs.filter((candidate) => candidate !== job)
  }

  /** A 429 pauses the app's queue, so that the order of its work is kept. */
  function postponed(app: App, job: Job, error: unknown): boolean {
    const call = error instanceof OperationError ? error.call : error
    if (!(call instanceof ScimCallError) || call.status !== 429) return false
    job.attempts += 1
    if (job.attempts >= MAX_ATTEMPTS) return false
    const seconds = waitSeconds(call.retryAfter, job.attempts)
    job.notBefore = new Date(Date.now() + (seconds * 1000) / settings.clockSpeed).toISOString()
    job.state = 'queued'
    const message = `Rate limited; attempt ${job.attempts + 1} of ${MAX_ATTEMPTS} in ${seconds} seconds`
    logEvent(org, 'application.integration.rate_limit_exceeded', message, {
      appId: app.id,
      outcome: 'FAILURE',
      target: app.label,
    })
    return true
  }

  function sleepThenWake(appId: string, milliseconds: number): void {
    clearTimeout(timers.get(appId))
    timers.set(appId, setTimeout(wake, milliseconds))
  }

  return {
    wake,
    idle: (timeoutMilliseconds) =>
      new Promise((resolve) => {
        if (!busy()) return resolve(true)
        const timer = setTimeout(() => resolve(false), timeoutMilliseconds)
        idleWaiters.push(() => {
          clearTimeout(timer)
          resolve(true)
        })
        wake()
      }),
    stop: async () => {
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(working.values())
    },
  }
}
