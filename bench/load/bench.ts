import { setTimeout } from 'node:timers/promises'
import type { Target } from '../targets/target.ts'
import { memoryMb, startUse } from './process-stats.ts'
import { Scim } from './scim.ts'
import { nextTurn, takesTurns } from './turn.ts'

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
/** A phase of so many operations is done in this many turns, the other server's between them. */
const TURNS = 4
const IN_TURNS_FROM = 100
/** What a server does after its last answer belongs to its own turn. */
const SETTLE_MS = 150

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

  /**
   * Runs `operation` so many times, `concurrency` at once, and measures. An operation that throws counts as an error.
   * Long phases are done in turns, so that a machine whose speed changes within seconds is the same for both servers.
   */
  async phase(
    name: string,
    concurrency: number,
    operations: number,
    operation: (number: number) => Promise<unknown>,
  ): Promise<Phase> {
    const { serverPid, postmasterPid } = this.target
    const latencies: number[] = []
    let [wall, server, database, others] = [0, 0, 0, 0]
    let next = 0
    let errors = 0
    let firstError: string | undefined
    const worker = async (end: number) => {
      while (next < end && wall < PHASE_LIMIT_MS) {
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
    const turns = takesTurns && operations >= IN_TURNS_FROM ? TURNS : 1
    for (let turn = 1; turn <= turns; turn++) {
      await nextTurn()
      const use = startUse(serverPid, postmasterPid)
      const started = performance.now()
      const end = Math.round((operations * turn) / turns)
      await Promise.all(Array.from({ length: concurrency }, () => worker(end)))
      wall += performance.now() - started
      await setTimeout(SETTLE_MS)
      const used = use()
      server += used.server
      database += used.database
      others += used.others
    }
    latencies.sort((a, b) => a - b)
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
      foreignCpu: round(Math.max(0, others) / (wall + turns * SETTLE_MS)),
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
