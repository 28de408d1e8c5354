import { expect, test } from 'vitest'
import { FreshReads } from './fresh-reads.ts'

/** Reads of a store that answer only when told to: what they saw when they began. */
function gatedReads(store: Map<string, string>) {
  const begun: { scope: string; keys: string[]; finish: () => void }[] = []
  const waiting: (() => void)[] = []
  const reads = new FreshReads<string>(async (scope, keys) => {
    const seen = new Map(keys.flatMap((key) => (store.has(key) ? [[key, store.get(key) as string]] : [])))
    await new Promise<void>((finish) => {
      begun.push({ scope, keys, finish })
      waiting.shift()?.()
    })
    return seen
  })
  const next = () => (begun.length > 0 ? undefined : new Promise<void>((resolve) => waiting.push(resolve)))
  return {
    reads,
    async begins() {
      await next()
      return begun.shift() as (typeof begun)[number]
    },
  }
}

test('callers that arrive while a read runs share the next one, and none gets the older answer', async () => {
  const store = new Map([['t', 'live']])
  const { reads, begins } = gatedReads(store)
  const first = reads.read('team', 't')
  const one = await begins()
  store.set('t', 'revoked')
  const late = [reads.read('team', 't'), reads.read('team', 't'), reads.read('team', 'u')]
  one.finish()
  expect(await first).toBe('live')
  const two = await begins()
  expect(two.keys).toEqual(['t', 'u'])
  two.finish()
  expect(await Promise.all(late)).toEqual(['revoked', 'revoked', undefined])
})

test('what is asked for in one turn of the event loop is one read, and no scope waits for another', async () => {
  const { reads, begins } = gatedReads(new Map([['a', 'A']]))
  const asked = [reads.read('x', 'a'), reads.read('x', 'b'), reads.read('y', 'a')]
  const both = [await begins(), await begins()]
  expect(both.map(({ scope, keys }) => [scope, keys])).toEqual([
    ['x', ['a', 'b']],
    ['y', ['a']],
  ])
  for (const { finish } of both) finish()
  expect(await Promise.all(asked)).toEqual(['A', undefined, 'A'])
})

test('a read that fails fails its own callers only', async () => {
  let calls = 0
  const reads = new FreshReads<number>(async (_scope, keys) => {
    calls++
    if (calls === 1) throw new Error('database away')
    return new Map(keys.map((key) => [key, calls]))
  })
  const first = reads.read('team', 't')
  const failed = expect(first).rejects.toThrow('database away')
  await new Promise((resolve) => setImmediate(resolve))
  const second = reads.read('team', 't')
  await failed
  expect(await second).toBe(2)
  expect(await reads.read('team', 't')).toBe(3)
})
