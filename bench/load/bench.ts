import type { Target } from '../targets/target.ts'
import { cpuMs, machineMs, memoryMb, treeCpuMs } from './process-stats.ts'
import { Scim } from './scim.ts'
import { nextTurn } from './turn.ts'

/** What one piece of work took. Latencies in milliseconds; CPU in milliseconds per operation. */
export type Phase = {
  name: string
  concurrency: number
  operations: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  max: number
  errors: number
  firstError?: string
  serverCpu: number
  databaseCpu: number
  /** Cores that other programs took meanwhile: above 0.2, measure again. */
  foreignCpu: number
  rssMb: number
}

/** A finding that is no rate: an integrity check, a peak of memory. `ok` false fails the run. */
export type Finding = { name: string; ok: boolean } & Record<string, unknown>

const PHASE_LIMIT_MS = 60_000

/** One run of the load against one server: its connections, the ids that its work shares, and what was found. */
export class Bench {
  readonly target: Target
  readonly scim: Scim
  readonly phases: Phase[] = []
  readonly findings: Finding[] = []
  /** Ids of the users in the store, by number. */
  readonly ids: string[] = []
  /** How many operations a phase makes: 1 is the full measure. */
  readonly scale: number
  readonly #tag = Date.now().toString(36)
  #random = 12_345

  constructor(target: Target, connections: number, scale: number) {
    this.target = target
    this.scim = new Scim(target.baseUrl, target.token, connections)
    this.scale = scale
  }

  count(full: number): number {
    return Math.max(16, Math.round(full * this.scale))
  }

  /** A name that no earlier run on this store has used. */
  unique(name: string): string {
    return `${name}-${this.#tag}`
  }

  /** The same pseudo-random numbers in every run, below `limit`. */
  random(limit: number): number {
    this.#random = (this.#random * 1_103_515_245 + 12_345) & 0x7fffffff
    return this.#random % limit
  }

  note(name: string, ok: boolean, facts: Record<string, unknown> = {}): void {
    this.findings.push({ name, ok, ...facts })
    console.error(`  ${this.target.name.padEnd(9)} ${ok ? '✓' : '✗'} ${name} ${JSON.stringify(facts)}`)
  }

  /** Runs `operation` so many times, `concurrency` at once, and measures. An operation that throws counts as an error. */
  async phase(
    name: string,
    concurrency: number,
    operations: number,
    operation: (number: number) => Promise<unknown>,
  ): Promise<Phase> {
    await nextTurn()
    const { serverPid, postmasterPid } = this.target
    const use = () => ({
      server: cpuMs(serverPid),
      database: treeCpuMs(postmasterPid),
      own: process.cpuUsage(),
      machine: machineMs(),
    })
    const before = use()
    const started = performance.now()
    const latencies: number[] = []
    let next = 0
    let errors = 0
    let firstError: string | undefined
    const worker = async () => {
      while (next < operations && performance.now() - started < PHASE_LIMIT_MS) {
        const number = next++
        const began = performance.now()
        try {
          await operation(number)
        } catch (cause) {
          errors++
          firstError ??= (cause as Error).message
        }
        latencies.push(performance.now() - began)
      }
    }
    await Promise.all(Array.from({ length: concurrency }, worker))
    const wall = performance.now() - started
    const after = use()
    latencies.sort((a, b) => a - b)
    const own = process.cpuUsage(before.own)
    const server = after.server - before.server
    const database = after.database - before.database
    const others =
      after.machine.busy - before.machine.busy - server - database - (own.user + own.system) / 1000
    const done = latencies.length
    const phase: Phase = {
      name,
      concurrency,
      operations: done,
      perSecond: round((done / wall) * 1000, 1),
      p50: quantile(latencies, 0.5),
      p95: quantile(latencies, 0.95),
      p99: quantile(latencies, 0.99),
      max: quantile(latencies, 1),
      errors,
      ...(firstError === undefined ? {} : { firstError }),
      serverCpu: round(server / done),
      databaseCpu: round(database / done),
      foreignCpu: round(Math.max(0, others) / wall),
      rssMb: memoryMb(serverPid),
    }
    this.phases.push(phase)
    console.error(
      `  ${this.target.name.padEnd(9)} ${name.padEnd(28)} ×${String(concurrency).padEnd(3)} ${String(phase.perSecond).padStart(8)}/s  p50 ${phase.p50} p95 ${phase.p95} p99 ${phase.p99} ms  cpu ${phase.serverCpu}+${phase.databaseCpu}  foreign ${phase.foreignCpu}${errors ? `  ✗ ${errors} errors: ${firstError}` : ''}`,
    )
    return phase
  }
}

export function quantile(sorted: readonly number[], part: number): number {
  return round(sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1))] ?? 0)
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
