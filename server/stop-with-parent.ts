import { readFileSync } from 'node:fs'
import { processCommand, processStartedAt } from '#lib/platform/process-identity'

const EVERY_MS = 250

/**
 * Calls `stop` when the npm that started this process is gone: a killed npm tells nobody, and a Muster left over would
 * keep its port and its data folder from the next start.
 */
export function stopWithParent(stop: () => void): void {
  // Started by scripts/start.mjs or a test, which hold the other end of this channel.
  if (process.connected) process.once('disconnect', stop)
  if (!process.env.npm_lifecycle_event) return
  const parent = npmAbove(process.ppid)
  if (!parent) return
  const startedAt = processStartedAt(parent)
  setInterval(() => {
    if (processStartedAt(parent) !== startedAt) stop()
  }, EVERY_MS).unref()
}

/** npm itself, above the shells that it puts in between; elsewhere than on Linux, the direct parent. */
function npmAbove(ppid: number): number | null {
  if (process.platform !== 'linux') return process.platform === 'win32' ? null : ppid
  for (let pid = ppid; pid > 1; ) {
    if (/\bnpm\b/.test(processCommand(pid) ?? '')) return pid
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    } catch {
      return null
    }
  }
  return null
}
