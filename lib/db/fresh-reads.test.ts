import { expect, test } from 'vitest'
import { FreshReads } from './fresh-reads.ts'
import { Permit } from './permit.ts'

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
    return { rows: seen }
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
    return { rows: new Map(keys.map((key) => [key, calls])) }
  })
  const first = reads.read('team', 't')
  const failed = expect(first).rejects.toThrow('database away')
  await new Promise((resolve) => setImmediate(resolve))
  const second = reads.read('team', 't')
  await failed
  expect(await second).toBe(2)
  expect(await reads.read('team', 't')).toBe(3)
})

/** Reads of a store that knows some tokens for good; whoever brings another is checked in full, which `check` does. */
const guarded = (good: string[], check: () => Promise<void>) => {
  const asked: string[][] = []
  const reads = new FreshReads<string>(async (_scope, keys, tokens) => {
    asked.push(tokens)
    return { rows: new Map(keys.map((key) => [key, `row ${key}`])), good: new Set(good) }
  })
  return { reads, asked, permit: (token: string) => new Permit(token, check) }
}

test('of those who read together each is told of its own token; the same is asked for once', async () => {
  const { reads, asked, permit } = guarded(['g'], async () => {
    throw new Error('revoked')
  })
  const permits = ['g', 'b', 'g'].map(permit)
  const results = await Promise.allSettled(permits.map((each, i) => reads.read('team', `${i}`, each)))
  expect(results.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
    'row 0',
    'revoked',
    'row 2',
  ])
  expect(asked).toEqual([['g', 'b']])
  expect(permits.map(({ unproven }) => unproven)).toEqual([null, 'b', null])
})

test('a token that the full check finds good after all reads on, and is asked for no more', async () => {
  let checks = 0
  const { reads, asked, permit } = guarded([], async () => void checks++)
  const own = permit('t')
  expect([await reads.read('team', 'a', own), await reads.read('team', 'b', own)]).toEqual(['row a', 'row b'])
  await own.confirm()
  expect([checks, asked]).toEqual([1, [['t'], []]])
})

test('reads that know nothing of tokens prove none', async () => {
  const reads = new FreshReads<string>(async () => ({ rows: new Map([['a', 'A']]) }))
  const permit = new Permit('t', () => Promise.reject(new Error('revoked')))
  await expect(reads.read('team', 'a', permit)).rejects.toThrow('revoked')
  await expect(permit.confirm()).rejects.toThrow('revoked')
})
