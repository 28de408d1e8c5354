// `npm run bench`: Muster and the reference, one after the other, in turn. See README.md beside this file.
import { spawn } from 'node:child_process'
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
for (let round = 1; round <= rounds; round++)
  for (const name of names) {
    console.error(`── ${name}, round ${round} of ${rounds}`)
    const target = await starters[name](port)
    try {
      const { phases, findings, peakMb } = await load({ target, only, scale, sizes })
      const restartMs = await target.restart()
      done.push({ round, name, phases, findings, peakMb, firstStartMs: target.firstStartMs, restartMs })
    } finally {
      await target.stop()
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
function load(options: Omit<LoadOptions, 'target'> & { target: RunningTarget }): Promise<LoadResult> {
  const file = path.join(import.meta.dirname, 'load/main.ts')
  const child = spawn(process.execPath, [file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text))
      else reject(new Error(`the load ended with code ${code}`))
    })
  })
}
