import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { processCommand, processStartedAt } from '#lib/platform/process-identity'
import { shutDown } from './postmaster.ts'

/** Stops a postmaster that outlived its parent, and removes a lock file whose process id now is somebody else. */
export async function stopOrphan(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!processStartedAt(pid)) {
    // A zombie still answers kill(pid, 0), which PostgreSQL would take for a running postmaster.
    if (process.platform === 'linux' && existsSync(`/proc/${pid}`)) rmSync(pidFile, { force: true })
    return
  }
  if (!isPostmasterOf(pid, cluster, pidFile)) {
    rmSync(pidFile, { force: true })
    return
  }
  await shutDown(pid)
}

function isPostmasterOf(pid: number, cluster: string, pidFile: string): boolean {
  if (process.platform === 'linux') {
    // A postmaster works in its cluster, under whatever name it was started there.
    const at = statSync(`/proc/${pid}/cwd`, { throwIfNoEntry: false })
    const wanted = statSync(cluster)
    return at !== undefined && at.dev === wanted.dev && at.ino === wanted.ino
  }
  const command = processCommand(pid)
  const startedIn = readFileSync(pidFile, 'utf8').split('\n')[1] ?? ''
  return command === null || (command.includes('postgres') && command.includes(startedIn))
}
