import { type Finding, type Phase, round } from '../load/bench.ts'
import { REACH } from './reach.ts'

/** What one server did in one round. */
export type Round = {
  round: number
  name: 'muster' | 'reference'
  phases: Phase[]
  findings: Finding[]
  peakMb: number
  firstStartMs: number
  restartMs: number
}

type Side = Pick<
  Phase,
  'perSecond' | 'p50' | 'p95' | 'p99' | 'serverCpu' | 'databaseCpu' | 'errors' | 'foreignCpu'
>

/** One line of the table. `rate` and `p50`: the median of the rounds' ratios, Muster through reference. */
export type Line = {
  work: string
  muster?: Side
  reference?: Side
  rate?: number
  p50?: number
  reached?: boolean
}

export type Summary = {
  lines: Line[]
  starts: Record<string, { firstMs: number; againMs: number; peakMb: number }>
  /** Muster's findings of the last round; one that failed in any round is there as failed. */
  findings: Finding[]
}

export function summarise(rounds: readonly Round[]): Summary {
  const works = new Set(rounds.flatMap(({ phases }) => phases.map(workOf)))
  const lines = [...works].map((work): Line => {
    const muster = sideOf(rounds, 'muster', work)
    const reference = sideOf(rounds, 'reference', work)
    if (!muster || !reference) return { work, muster, reference }
    const ratios = (pick: (phase: Phase) => number) =>
      median(
        phasesOf(rounds, 'muster', work).flatMap((phase, i) => {
          const other = phasesOf(rounds, 'reference', work)[i]
          return other ? [pick(phase) / pick(other)] : []
        }),
      )
    const rate = round(ratios((phase) => phase.perSecond))
    const p50 = round(ratios((phase) => phase.p50))
    const reach = REACH[work]
    const reached =
      reach &&
      (reach.rate === undefined ? p50 <= (reach.p50 ?? Number.POSITIVE_INFINITY) : rate >= reach.rate)
    return { work, muster, reference, rate, p50, reached }
  })
  const starts = Object.fromEntries(
    (['muster', 'reference'] as const).flatMap((name) => {
      const own = rounds.filter((each) => each.name === name)
      if (own.length === 0) return []
      const of = (pick: (each: Round) => number) => Math.round(median(own.map(pick)))
      const facts = {
        firstMs: of((each) => each.firstStartMs),
        againMs: of((each) => each.restartMs),
        peakMb: of((each) => each.peakMb),
      }
      return [[name, facts]]
    }),
  )
  const all = rounds.filter(({ name }) => name === 'muster').flatMap(({ findings }) => findings)
  const findings = [...new Set(all.map(({ name }) => name))].map((name) => {
    const same = all.filter((finding) => finding.name === name)
    return (same.find(({ ok }) => !ok) ?? same.at(-1)) as Finding
  })
  return { lines, starts, findings }
}

function workOf(phase: Phase): string {
  return `${phase.name} ×${phase.concurrency}`
}

function phasesOf(rounds: readonly Round[], name: Round['name'], work: string): Phase[] {
  return rounds
    .filter((each) => each.name === name)
    .flatMap(({ phases }) => phases.filter((phase) => workOf(phase) === work))
}

function sideOf(rounds: readonly Round[], name: Round['name'], work: string): Side | undefined {
  const phases = phasesOf(rounds, name, work)
  if (phases.length === 0) return undefined
  const of = (pick: (phase: Phase) => number) => round(median(phases.map(pick)))
  return {
    perSecond: of((phase) => phase.perSecond),
    p50: of((phase) => phase.p50),
    p95: of((phase) => phase.p95),
    p99: of((phase) => phase.p99),
    serverCpu: of((phase) => phase.serverCpu),
    databaseCpu: of((phase) => phase.databaseCpu),
    foreignCpu: of((phase) => phase.foreignCpu),
    errors: phases.reduce((sum, phase) => sum + phase.errors, 0),
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
