import type { Bench } from '../bench.ts'
import { addMembers, group, removeMember } from '../payloads.ts'
import { tidyUp } from '../seed.ts'

export async function createGroup(bench: Bench): Promise<void> {
  await bench.phase('create a group', 16, bench.count(4_000), (number) =>
    bench.scim.must([201], 'POST', '/Groups', group(bench.unique(`group-${number}`))),
  )
}

export async function makeGroup(
  bench: Bench,
  name: string,
  members: readonly string[] = [],
): Promise<string> {
  const { json } = await bench.scim.must([201], 'POST', '/Groups', group(bench.unique(name), members))
  return json.id
}

export async function membersOf(bench: Bench, id: string): Promise<string[]> {
  const { json } = await bench.scim.must([200], 'GET', `/Groups/${id}`)
  return (json.members ?? []).map(({ value }: { value: string }) => value)
}

/** Sixteen workers add different people to one group: as fast as its row can be locked, and nobody is lost. */
export async function parallelAdds(bench: Bench, each: number): Promise<void> {
  const { scim, ids } = bench
  const id = await makeGroup(bench, `parallel-${each}`)
  const requests = each === 1 ? bench.count(4_000) : bench.count(200)
  const slice = (number: number) =>
    Array.from({ length: each }, (_, i) => ids[(number * each + i) % ids.length] as string)
  const name = each === 1 ? 'add to one group' : `add ${each} to one group`
  const phase = await bench.phase(name, 16, requests, (number) =>
    scim.must([200, 204], 'PATCH', `/Groups/${id}`, addMembers(...slice(number))),
  )
  const members = await membersOf(bench, id)
  const present = new Set(members)
  const wanted = new Set(Array.from({ length: requests }, (_, number) => slice(number)).flat())
  const lost = [...wanted].filter((value) => !present.has(value)).length
  bench.note(name, lost === 0 && phase.errors === 0 && members.length === present.size, {
    lost,
    refused: phase.errors,
    doubled: members.length - present.size,
  })
}

/** One member more and one less, one at a time, in groups of very different sizes. */
export async function oneMember(bench: Bench, size: number, everybody: readonly string[]): Promise<void> {
  const { scim } = bench
  const changes = bench.count(1_000)
  const outside = everybody.slice(-changes)
  const id = await makeGroup(bench, `size-${size}`, everybody.slice(0, size))
  await tidyUp(bench.target)
  const path = `/Groups/${id}`
  await bench.phase(`add one of ${size}`, 1, changes, (number) =>
    scim.must([200, 204], 'PATCH', path, addMembers(outside[number] as string)),
  )
  const grown = (await membersOf(bench, id)).length
  await bench.phase(`remove one of ${size}`, 1, changes, (number) =>
    scim.must([200, 204], 'PATCH', path, removeMember(outside[number] as string)),
  )
  const left = (await membersOf(bench, id)).length
  bench.note(`a group of ${size}`, grown === size + changes && left === size, { grown, left })
}
