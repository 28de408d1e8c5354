import { newId } from './ids.ts'
import type { Org } from './org.ts'
import type { App, JobWork } from './state.ts'

/** Puts work at the end of the app's queue, or into the waiting job that already does it. */
export function enqueue(org: Org, app: App, work: JobWork): void {
  if (!mergeIntoWaiting(app, work)) {
    app.jobs.push({
      id: newId('job'),
      work,
      state: 'queued',
      attempts: 0,
      notBefore: '',
      created: org.now().toISOString(),
    })
  }
  org.changed()
}

/** Drops a push's waiting jobs. The running one, if any, finishes. */
export function dropPushJobs(app: App, pushId: string): void {
  app.jobs = app.jobs.filter(
    (job) => job.state === 'running' || !('pushId' in job.work) || job.work.pushId !== pushId,
  )
}

/** Only the last waiting job of the same subject may take more in: order decides what the app ends up with. */
function mergeIntoWaiting(app: App, work: JobWork): boolean {
  const last = app.jobs.findLast((job) => workSubject(job.work) === workSubject(work))
  if (last === undefined || last.state === 'running' || last.attempts > 0) return false
  if (last.work.kind === 'group.push' && 'pushId' in work) return true
  if (last.work.kind === 'group.members' && work.kind === 'group.members') {
    const { add, remove } = last.work
    last.work.add = [...new Set([...add.filter((id) => !work.remove.includes(id)), ...work.add])]
    last.work.remove = [...new Set([...remove.filter((id) => !work.add.includes(id)), ...work.remove])]
    return true
  }
  return last.work.kind === work.kind && work.kind !== 'group.delete'
}

/** What a piece of work is about, so that work on the same thing can be found. */
export function workSubject(work: JobWork): string {
  if ('personId' in work) return work.personId
  if ('pushId' in work) return work.pushId
  if ('targetGroupId' in work) return work.targetGroupId
  return work.kind
}
