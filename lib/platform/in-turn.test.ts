import { expect, test } from 'vitest'
import { inTurn, inTurnTogether } from './in-turn.ts'

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

/** Begins works in the order given, notes what is done together, and waits for all of them. */
async function together(
  begin: (one: (kind: string, item: string) => void, alone: (name: string) => void) => void,
) {
  const log: string[] = []
  const all: Promise<unknown>[] = []
  const one = (kind: string, item: string) => {
    const work = async (items: string[]): Promise<PromiseSettledResult<string>[]> => {
      log.push(items.join(' '))
      await new Promise((resolve) => setImmediate(resolve))
      if (items.includes('down')) throw new Error('down')
      return items.map((name) =>
        name === 'bad'
          ? { status: 'rejected', reason: new Error(name) }
          : { status: 'fulfilled', value: name },
      )
    }
    all.push(inTurnTogether('t', kind, item, work))
  }
  const alone = (name: string) => void all.push(inTurn('t', async () => void log.push(name)))
  begin(one, alone)
  return { results: await Promise.allSettled(all), log }
}

test('works of one kind that wait share a turn, the first begins at once', async () => {
  const { log, results } = await together((one) => {
    for (const item of ['a', 'b', 'c', 'd']) one('add', item)
  })
  expect(log).toEqual(['a', 'b c d'])
  expect(results.map((result) => result.status === 'fulfilled' && result.value)).toEqual(['a', 'b', 'c', 'd'])
})

test('works of another kind, and those that stand alone, keep their place between them', async () => {
  const { log } = await together((one, alone) => {
    one('add', 'a')
    one('add', 'b')
    one('remove', 'c')
    one('add', 'd')
    alone('ALONE')
    one('add', 'e')
    one('add', 'f')
  })
  expect(log).toEqual(['a', 'b', 'c', 'd', 'ALONE', 'e f'])
})

test('each gets what became of its own; when all of it fails, all of them do, and the next have their turn', async () => {
  const { log, results } = await together((one) => {
    for (const item of ['a', 'b', 'bad', 'c']) one('add', item)
    for (const item of ['d', 'down']) one('remove', item)
    one('add', 'e')
  })
  expect(log).toEqual(['a', 'b bad c', 'd down', 'e'])
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    true,
    false,
    true,
    false,
    false,
    true,
  ])
})

test('no more than thirty-two share a turn', async () => {
  const { log } = await together((one) => {
    for (let i = 0; i < 70; i++) one('add', 'x')
  })
  expect(log.map((items) => items.split(' ').length)).toEqual([1, 32, 32, 5])
})
