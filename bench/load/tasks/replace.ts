import type { Bench } from '../bench.ts'
import { group, replaceMembers } from '../payloads.ts'
import { askProbe, memoryMb, resetPeak } from '../process-stats.ts'
import { makeGroup, membersOf } from './groups.ts'

/** What a whole membership of 100,000 may take of the process while it is replaced. */
const PEAK_MB = 512
const BLOCKED_MS = 50

/** PATCH replace of a thousand members by a thousand, half of them others. */
export async function replaceThousand(bench: Bench, everybody: readonly string[]): Promise<void> {
  const id = await makeGroup(bench, 'replace-1000')
  await bench.phase('replace 1,000 members', 1, 10, (number) =>
    bench.scim.must(
      [200, 204],
      'PATCH',
      `/Groups/${id}`,
      replaceMembers(number % 2 ? everybody.slice(500, 1_500) : everybody.slice(0, 1_000)),
    ),
  )
  const members = new Set(await membersOf(bench, id))
  bench.note('replace 1,000 members', members.size === 1_000 && members.has(everybody[1_499] as string))
}

/**
 * The membership of a group of 100,000 sent whole, with ten people exchanged: as PATCH and as PUT. The event loop's
 * longest block and the memory's peak are those of the server while it does that.
 */
export async function replaceHundredThousand(bench: Bench, everybody: readonly string[]): Promise<void> {
  const { scim, target } = bench
  const size = 100_000
  const name = bench.unique('replace-100000')
  const { json } = await scim.must([201], 'POST', '/Groups', group(name, everybody.slice(0, size)))
  const path = `/Groups/${json.id}`
  const wanted = (shift: number) => everybody.slice(shift * 10, size + shift * 10)
  // The texts are made beforehand: the work measured is the server's.
  const patches = [1, 2, 3, 4, 5].map((shift) => JSON.stringify(replaceMembers(wanted(shift))))
  const puts = [6, 7, 8, 9, 10].map((shift) => JSON.stringify(group(name, wanted(shift))))
  for (const [method, bodies] of [['PATCH', patches] as const, ['PUT', puts] as const]) {
    resetPeak(target.serverPid)
    await askProbe(target.probePath)
    await bench.phase(`${method} 100,000 members`, 1, bodies.length, (number) =>
      scim.must([200, 204], method, path, bodies[number]),
    )
    const { blockedMaxMs, blockedP99Ms } = await askProbe(target.probePath)
    const peakMb = memoryMb(target.serverPid, 'VmHWM')
    const ok = target.name !== 'muster' || (peakMb <= PEAK_MB && blockedMaxMs <= BLOCKED_MS)
    bench.note(`${method} 100,000 members`, ok, {
      peakMb,
      blockedMaxMs: Math.round(blockedMaxMs),
      blockedP99Ms: Math.round(blockedP99Ms),
    })
  }
  const members = new Set(await membersOf(bench, json.id))
  const ok = members.size === size && !members.has(everybody[99] as string)
  bench.note('100,000 members are those sent', ok && members.has(everybody[size + 99] as string))
}
