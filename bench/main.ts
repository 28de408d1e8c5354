// `npm run bench`: Muster and the reference, phase by phase in turn. See README.md beside this file.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { LoadOptions, LoadResult } from './load/main.ts'
import { keepRun } from './report/keep-run.ts'
import { type Round, summarise } from './report/summarise.ts'
import { table } from './report/table.ts'
import { startMuster } from './targets/muster.ts'
import { startReference } from './targets/reference.ts'
import type { RunningTarget } from './targets/target.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    target: { type: 'string' },
    port: { type: 'string', default: '4125' },
    save: { type: 'boolean', default: false },
  },
})

const only = values.only?.split(',') ?? null
const rounds = Number(values.rounds ?? (values.quick ? 1 : 2))
const scale = values.quick ? 0.25 : 1
const sizes = values.quick ? [10, 1_000, 10_000] : [10, 1_000, 10_000, 100_000]
const port = Number(values.port)
const starters = { muster: startMuster, reference: startReference }
const names = (values.target?.split(',') ?? ['muster', 'reference']) as (keyof typeof starters)[]

const done: Round[] = []
for (let round = 1; round <= rounds; round++) {
  console.error(`── round ${round} of ${rounds}`)
  const targets: RunningTarget[] = []
  try {
    for (const [i, name] of names.entries()) targets.push(await starters[name](port + i))
    const loads = targets.map((target) => load({ target, only, scale, sizes }))
    takeTurns(loads.map(({ child }) => child))
    const results = await Promise.all(loads.map(({ result }) => result))
    for (const [i, target] of targets.entries()) {
      const restartMs = await target.restart()
      const { phases, findings, peakMb } = results[i] as LoadResult
      done.push({
        round,
        name: target.name,
        phases,
        findings,
        peakMb,
        firstStartMs: target.firstStartMs,
        restartMs,
      })
    }
  } finally {
    for (const target of targets) await target.stop()
  }
}

const summary = summarise(done)
const text = table(summary)
console.log(text)
if (values.save) keepRun('', text, { summary, rounds: done })
const failed = done.flatMap(({ findings, phases }) => [
  ...findings.filter(({ ok }) => !ok),
  ...phases.filter(({ errors }) => errors > 0),
])
process.exit(failed.length > 0 ? 1 : 0)

/** The load runs in a process of its own, new for each server, so that neither finds it warmed up by the other. */
function load(options: Omit<LoadOptions, 'target'> & { target: RunningTarget }): {
  child: ChildProcess
  result: Promise<LoadResult>
} {
  const file = path.join(import.meta.dirname, 'load/main.ts')
  const child = spawn(process.execPath, [file, JSON.stringify(options)], {
    env: { ...process.env, BENCH_IN_TURN: '1' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  const result = new Promise<LoadResult>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text))
      else reject(new Error(`the load ended with code ${code}`))
    })
  })
  return { child, result }
}

/** One load works at a time, up to the end of its next phase: what is compared was measured within seconds. */
function takeTurns(loads: readonly ChildProcess[]): void {
  const waiting: ChildProcess[] = []
  let working = loads.length
  const stopped = () => {
    if (--working > 0) return
    const child = waiting.shift()
    if (!child) return
    working = 1
    child.send('your turn')
  }
  for (const child of loads) {
    child.on('message', () => {
      waiting.push(child)
      stopped()
    })
    child.on('exit', stopped)
  }
}
