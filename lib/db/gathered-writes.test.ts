import { describe, expect, test } from 'vitest'
import { GatheredWrites } from './gathered-writes.ts'

type Batch = { scope: string; items: string[]; finish: () => void; fail: (cause: unknown) => void }

/** Writes that end only when told to. */
function gatedWrites() {
  const begun: Batch[] = []
  const waiting: (() => void)[] = []
  const begin = (scope: string, items: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      begun.push({ scope, items, finish: () => resolve(items.map((item) => `${item}!`)), fail: reject })
      waiting.shift()?.()
    })
  const writes = new GatheredWrites<string, string>({
    many: begin,
    one: async (scope, item) => (await begin(scope, [item]))[0] as string,
  })
  return {
    writes,
    running: () => begun.length,
    async begins(): Promise<Batch> {
      if (begun.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
      return begun.shift() as Batch
    },
  }
}

const refusal = (code: string) => Object.assign(new Error('no'), { severity: 'ERROR', code })

test('what is written in one turn of the event loop is one statement, and no scope waits for another', async () => {
  const { writes, begins } = gatedWrites()
  const written = [writes.write('x', 'a'), writes.write('x', 'b'), writes.write('y', 'c')]
  const batches = [await begins(), await begins()]
  expect(batches.map(({ scope, items }) => [scope, items])).toEqual([
    ['x', ['a', 'b']],
    ['y', ['c']],
  ])
  for (const { finish } of batches) finish()
  expect(await Promise.all(written)).toEqual(['a!', 'b!', 'c!'])
})

test('what comes while two statements run waits for the first of them to end, and goes together', async () => {
  const { writes, begins, running } = gatedWrites()
  const first = writes.write('x', 'a')
  const one = await begins()
  const second = writes.write('x', 'b')
  const two = await begins()
  const late = [writes.write('x', 'c'), writes.write('x', 'd')]
  await new Promise((resolve) => setImmediate(resolve))
  expect(running()).toBe(0)
  two.finish()
  expect(await second).toBe('b!')
  const three = await begins()
  expect(three.items).toEqual(['c', 'd'])
  three.finish()
  expect(await Promise.all(late)).toEqual(['c!', 'd!'])
  one.finish()
  expect(await first).toBe('a!')
})

test('nobody is answered before the statement is done', async () => {
  const { writes, begins } = gatedWrites()
  let answered = false
  const written = Promise.all([writes.write('x', 'a'), writes.write('x', 'b')]).then(() => {
    answered = true
  })
  const { finish } = await begins()
  await new Promise((resolve) => setImmediate(resolve))
  expect(answered).toBe(false)
  finish()
  await written
})

describe('when it fails', () => {
  test('what PostgreSQL refuses of several is written one by one: only the one at fault is refused', async () => {
    const { writes, begins } = gatedWrites()
    const written = Promise.allSettled([writes.write('x', 'good'), writes.write('x', 'bad')])
    ;(await begins()).fail(refusal('23505'))
    const [good, bad] = [await begins(), await begins()]
    good.finish()
    bad.fail(refusal('23505'))
    const [ofGood, ofBad] = await written
    expect(ofGood).toEqual({ status: 'fulfilled', value: 'good!' })
    expect(ofBad).toMatchObject({ status: 'rejected', reason: { code: '23505' } })
  })

  test.each([
    ['the connection broke', new Error('Connection terminated unexpectedly')],
    ['the server shut down', refusal('57P01')],
  ])('nothing is written twice when it is not known whether it was written: %s', async (_what, cause) => {
    const { writes, begins, running } = gatedWrites()
    const written = Promise.allSettled([writes.write('x', 'a'), writes.write('x', 'b')])
    ;(await begins()).fail(cause)
    expect(await written).toMatchObject([{ reason: cause }, { reason: cause }])
    expect(running()).toBe(0)
  })

  test('the next is written as if nothing had been', async () => {
    const { writes, begins } = gatedWrites()
    const failed = writes.write('x', 'a')
    ;(await begins()).fail(new Error('away'))
    await expect(failed).rejects.toThrow('away')
    const written = writes.write('x', 'b')
    ;(await begins()).finish()
    expect(await written).toBe('b!')
  })
})
