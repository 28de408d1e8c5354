import type { Finding, Phase } from '../load/bench.ts'

/** A run as Markdown: a row for each phase, then what was found. */
export function scaleTable(phases: readonly Phase[], findings: readonly Finding[]): string {
  const head = [
    '| work | at once | times | a second | p50 ms | p95 ms | p99 ms | CPU ms: server | PostgreSQL | errors | foreign cores |',
    `|${' --- |'.repeat(11)}`,
  ]
  const rows = phases.map(
    (phase) =>
      `| ${phase.name} | ${phase.concurrency} | ${phase.operations} | ${phase.perSecond} | ${phase.p50} | ${phase.p95} | ${phase.p99} | ${phase.serverCpu} | ${phase.databaseCpu} | ${phase.errors} | ${phase.foreignCpu} |`,
  )
  const found = findings.map(
    ({ name, ok, ...facts }) => `- ${ok ? '✓' : '✗'} ${name}: ${JSON.stringify(facts)}`,
  )
  return [...head, ...rows, '', ...found].join('\n')
}
