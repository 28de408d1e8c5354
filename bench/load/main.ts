// The load, in a process of its own: takes a target and options as JSON in its first argument, prints what it measured
// as JSON, and what it does on stderr.
import type { Target } from '../targets/target.ts'
import { Bench, type Finding, type Phase } from './bench.ts'
import { memoryMb } from './process-stats.ts'
import { seedUsers } from './seed.ts'
import { createGroup, oneMember, parallelAdds } from './tasks/groups.ts'
import { idleMemory, openPages } from './tasks/memory.ts'
import { replaceHundredThousand, replaceThousand } from './tasks/replace.ts'
import { tokenCheck } from './tasks/token.ts'
import { activate, create, find, mixed, provision, put, read, sameUserName } from './tasks/users.ts'
import { warmUp } from './tasks/warm-up.ts'
import { nextTurn } from './turn.ts'

export type LoadOptions = { target: Target; only: string[] | null; scale: number; sizes: number[] }
export type LoadResult = { phases: Phase[]; findings: Finding[]; peakMb: number }

const options = JSON.parse(process.argv[2] ?? '') as LoadOptions
const { target, only } = options
const bench = new Bench(target, 16, options.scale)
const wanted = (name: string) => !only || only.includes(name)

const atOnce: Record<string, (bench: Bench, concurrency: number) => Promise<void>> = {
  read,
  find,
  put,
  patch: activate,
  token: tokenCheck,
}

/** What the process may take under load, pages included; replacing a membership of 100,000 has a limit of its own. */
const LOAD_MB = 350
let peakMb = 0
const sampler = setInterval(() => {
  peakMb = Math.max(peakMb, memoryMb(target.serverPid))
}, 200)

await nextTurn()
if (wanted('memory')) await idleMemory(bench)
await warmUp(bench, 16)
// Everything after works on these users.
await provision(bench)
await create(bench)
for (const [name, work] of Object.entries(atOnce))
  if (wanted(name)) for (const concurrency of [1, 16]) await work(bench, concurrency)
if (wanted('mixed')) {
  if (target.name === 'muster' && wanted('memory')) await openPages(bench)
  await mixed(bench)
}
if (wanted('groups')) {
  await createGroup(bench)
  await parallelAdds(bench, 1)
  await parallelAdds(bench, 256)
  await sameUserName(bench)
}
bench.note('memory under load', peakMb <= LOAD_MB, { peakMb })
if (wanted('sizes') || wanted('replace')) {
  const everybody = await seedUsers(target, Math.max(1_500, ...options.sizes) + 1_500)
  if (wanted('sizes')) for (const size of options.sizes) await oneMember(bench, size, everybody)
  if (wanted('replace')) await replaceThousand(bench, everybody)
  if (wanted('replace') && everybody.length > 100_000) await replaceHundredThousand(bench, everybody)
}
clearInterval(sampler)
await bench.scim.close()
const result: LoadResult = { phases: bench.phases, findings: bench.findings, peakMb }
process.stdout.write(JSON.stringify(result))
if (process.connected) process.disconnect()
