import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'

const TICK_MS = 10

/** User and system time that a process has used, with what its ended children have: milliseconds. */
function cpuMs(pid: number): number {
  const fields = statOf(pid)
  return fields ? [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) * TICK_MS : 0
}

/** The same of a process and everything below it: PostgreSQL does its work in its postmaster's children. */
function treeCpuMs(root: number): number {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? Number(statOf(Number(name))?.[1]) : Number.NaN
    if (!Number.isNaN(parent)) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  let sum = 0
  const open = [root]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    sum += cpuMs(pid)
    open.push(...(children.get(pid) ?? []))
  }
  return sum
}

export type CpuUse = { server: number; database: number; others: number }

/** Milliseconds of CPU from now until the result is called: the server's, its PostgreSQL's, and other programs'. */
export function startUse(serverPid: number, postmasterPid: number): () => CpuUse {
  const now = () => ({ server: cpuMs(serverPid), database: treeCpuMs(postmasterPid), busy: machineMs().busy })
  const [before, ownBefore] = [now(), process.cpuUsage()]
  return () => {
    const after = now()
    const own = process.cpuUsage(ownBefore)
    const server = after.server - before.server
    const database = after.database - before.database
    const others = after.busy - before.busy - server - database - (own.user + own.system) / 1000
    return { server, database, others }
  }
}

/** Resident memory now (VmRSS) or at its highest since `resetPeak` (VmHWM), in MB. */
export function memoryMb(pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)
}

export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** What the whole machine did: milliseconds of work on all cores, and those a hypervisor kept for others. */
function machineMs(): { busy: number; stolen: number } {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? ''
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, stolen = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return { busy: (user + nice + system + irq + soft) * TICK_MS, stolen: stolen * TICK_MS }
}

export type LoopReport = { blockedMaxMs: number; blockedP99Ms: number; heapUsed: number }

/** How long a server's event loop was blocked at most since the last time somebody asked (targets/probe.mjs). */
export function askProbe(socketPath: string): Promise<LoopReport> {
  return new Promise((resolve, reject) => {
    let text = ''
    connect(socketPath)
      .setEncoding('utf8')
      .on('data', (chunk) => {
        text += chunk
      })
      .on('end', () => resolve(JSON.parse(text)))
      .on('error', reject)
  })
}

function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
