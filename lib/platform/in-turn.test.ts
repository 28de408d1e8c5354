import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('works with one key run one at a time and in order, also after one that failed', async () => {
  const log: string[] = []
  let running = 0
  const work =
    (name: string, fails = false) =>
    async () => {
      expect(++running).toBe(1)
      log.push(name)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (fails) throw new Error(name)
      return name
    }
  const results = await Promise.allSettled([
    inTurn('k', work('a')),
    inTurn('k', work('b', true)),
    inTurn('k', work('c')),
  ])
  expect(log).toEqual(['a', 'b', 'c'])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('works with different keys do not wait for each other', async () => {
  let open = () => {}
  const held = inTurn('x', () => new Promise<void>((resolve) => (open = resolve)))
  expect(await inTurn('y', async () => 'done')).toBe('done')
  open()
  await held
})
