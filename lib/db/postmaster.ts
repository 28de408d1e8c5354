import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processStartedAt } from '#lib/platform/process-identity'
import { launch, type PostgresBinaries, type RunAs } from './postgres-binaries.ts'
import { type PostgresSettings, postgresSettings } from './postgres-settings.ts'

/** Starts `postgres` on the cluster, in a session of its own, its output appended to the log. */
export function startPostmaster(
  binaries: PostgresBinaries,
  runAs: RunAs,
  cluster: string,
  port: number,
  logFile: string,
  settings: PostgresSettings,
): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  const child = launch(
    binaries.postgres,
    [
      '-D',
      cluster,
      ...Object.entries({ ...postgresSettings(settings), port }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
    ],
    runAs,
    [cluster],
    // A session of its own: Ctrl-C in the terminal must reach Muster only, which then stops PostgreSQL last.
    { stdio: ['ignore', log, log], detached: true },
  )
  closeSync(log)
  child.unref()
  return child
}

/**
 * Resolves once it takes connections; rejects when it ends before. PostgreSQL writes its state into line 8 of its lock
 * file; pg_ctl reads it there too.
 */
export async function ready(child: ChildProcess, cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  child.once('exit', (code, signal) => {
    failure ??= new Error(`it ended with ${signal ?? `code ${code}`}`)
  })
  // Recovery after a crash replays the log since the last checkpoint: minutes at worst, so the limit is generous.
  const until = Date.now() + 10 * 60_000
  while (Date.now() < until) {
    if (failure) throw failure
    if (existsSync(pidFile)) {
      const lines = readFileSync(pidFile, 'utf8').split('\n')
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    }
    await delay(10)
  }
  child.kill('SIGQUIT')
  throw new Error('it was not ready after 10 minutes')
}

/** Fast shutdown, then immediate shutdown; resolves once the process is gone. */
export async function shutDown(pid: number): Promise<void> {
  const startedAt = processStartedAt(pid)
  if (!startedAt) return
  const gone = async (milliseconds: number) => {
    const until = Date.now() + milliseconds
    for (let wait = 5; Date.now() < until; wait = Math.min(wait * 1.5, 100)) {
      if (processStartedAt(pid) !== startedAt) return true
      await delay(wait)
    }
    return false
  }
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, after which the next start recovers from the log.
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await gone(patience)) return
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`)
}

/**
 * A shell of a few kilobytes that waits on a pipe from this process: when the pipe closes without a word, this
 * process was killed, and PostgreSQL is told to stop. Where there is no shell the next start stops the orphan.
 */
export function stopWithParent(
  pid: number,
  cluster: string,
  remove: string | undefined,
): ChildProcess | null {
  if (process.platform === 'win32') return null
  const script = [
    'trap "" INT TERM HUP',
    'read -r word && exit 0',
    '[ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ] && kill -INT "$1"',
    remove ? 'while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$3"' : '',
  ].join('\n')
  const args = ['-c', script, 'stop-with-parent', String(pid), cluster, ...(remove ? [remove] : [])]
  const watcher = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  watcher.on('error', () => {})
  watcher.stdin?.on('error', () => {})
  watcher.unref()
  ;(watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.()
  return watcher
}
