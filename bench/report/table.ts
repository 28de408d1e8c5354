import { REACH } from './reach.ts'
import type { Line, Summary } from './summarise.ts'

/** The summary as Markdown: a table of ratios, then starts and findings. */
export function table({ lines, starts, findings }: Summary): string {
  const head = [
    'work',
    'Muster /s',
    'p50 · p95 · p99 ms',
    'CPU ms',
    'reference /s',
    'p50 · p95 · p99 ms',
    'CPU ms',
    'ratio',
    'reach',
  ]
  const rows = lines.map((line) => {
    const { work, muster, reference } = line
    return [work, ...cells(muster), ...cells(reference), ratioOf(line), reachOf(line)]
  })
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const notes = [
    ...Object.entries(starts).map(
      ([name, { firstMs, againMs, peakMb }]) =>
        `- ${name}: first SCIM answer ${firstMs} ms after the first start, ${againMs} ms after the next; at most ${peakMb} MB`,
    ),
    ...findings.map(({ name, ok, ...facts }) => `- ${ok ? '✓' : '✗'} ${name} ${JSON.stringify(facts)}`),
  ]
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), '', ...notes].join(
    '\n',
  )
}

function cells(side: Line['muster']): string[] {
  if (!side) return ['', '', '']
  const failed = side.errors > 0 ? ` (${side.errors} errors)` : ''
  return [
    `${side.perSecond}${failed}`,
    `${side.p50} · ${side.p95} · ${side.p99}`,
    `${side.serverCpu} + ${side.databaseCpu}`,
  ]
}

function ratioOf({ work, rate, p50 }: Line): string {
  if (rate === undefined) return ''
  return REACH[work]?.p50 === undefined ? `${Math.round(rate * 100)} %` : `p50 ${p50} ×`
}

function reachOf({ work, reached }: Line): string {
  const reach = REACH[work]
  if (!reach || reached === undefined) return ''
  const wanted = reach.rate === undefined ? `≤ ${reach.p50} ×` : `≥ ${reach.rate * 100} %`
  return `${reached ? '✓' : '✗'} ${wanted}`
}
