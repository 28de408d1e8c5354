import { expect, test } from 'vitest'
import { FreshRead } from './fresh-read.ts'

test('callers that arrive while a read runs share the next one, and none gets the older answer', async () => {
  let value = 'live'
  let loads = 0
  const gates: (() => void)[] = []
  const reads = new FreshRead<string, string>(async () => {
    loads++
    const seen = value
    await new Promise<void>((open) => gates.push(open))
    return seen
  })
  const first = reads.read('t')
  value = 'revoked'
  const late = [reads.read('t'), reads.read('t'), reads.read('t')]
  gates.shift()?.()
  expect(await first).toBe('live')
  await Promise.resolve()
  gates.shift()?.()
  expect(await Promise.all(late)).toEqual(['revoked', 'revoked', 'revoked'])
  expect(loads).toBe(2)
})

test('a read that fails fails its own callers only', async () => {
  let calls = 0
  const reads = new FreshRead<string, number>(async () => {
    calls++
    if (calls === 1) throw new Error('database away')
    return calls
  })
  const first = reads.read('t')
  const second = reads.read('t')
  await expect(first).rejects.toThrow('database away')
  expect(await second).toBe(2)
})
