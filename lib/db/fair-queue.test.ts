import { expect, test } from 'vitest'
import { FairQueue, QueueFull } from './fair-queue.ts'

const options = { slots: 3, perOwner: 1, waitingPerOwner: 2, patienceMs: 60_000 }

/** Work that ends when it is told to, and says when it began. */
function work(queue: FairQueue, owner: string, log: string[], name: string) {
  let finish = () => {}
  const done = queue.run(owner, () => {
    log.push(name)
    return new Promise<void>((resolve) => {
      finish = resolve
    })
  })
  return { done, finish: () => finish() }
}

test('an owner waits for themselves only: others begin at once', async () => {
  const queue = new FairQueue(options)
  const log: string[] = []
  const a1 = work(queue, 'a', log, 'a1')
  const a2 = work(queue, 'a', log, 'a2')
  const b1 = work(queue, 'b', log, 'b1')
  await Promise.resolve()
  expect(log).toEqual(['a1', 'b1'])
  a1.finish()
  await a1.done
  await Promise.resolve()
  expect(log).toEqual(['a1', 'b1', 'a2'])
  a2.finish()
  b1.finish()
  await Promise.all([a2.done, b1.done])
})

test('owners take turns for a free slot', async () => {
  const queue = new FairQueue({ ...options, slots: 1 })
  const log: string[] = []
  const all = [
    work(queue, 'a', log, 'a1'),
    work(queue, 'a', log, 'a2'),
    work(queue, 'a', log, 'a3'),
    work(queue, 'b', log, 'b1'),
    work(queue, 'c', log, 'c1'),
  ]
  for (const name of ['a1', 'a2', 'b1', 'c1', 'a3']) {
    expect(log.at(-1)).toBe(name)
    const each = all[['a1', 'a2', 'a3', 'b1', 'c1'].indexOf(name)]
    each?.finish()
    await each?.done
    await Promise.resolve()
  }
})

test('whoever finds too many waiting, or waits for too long, is told so, and the others go on', async () => {
  const queue = new FairQueue({ ...options, patienceMs: 5 })
  const log: string[] = []
  const first = work(queue, 'a', log, 'a1')
  const second = work(queue, 'a', log, 'a2')
  const third = work(queue, 'a', log, 'a3')
  await expect(work(queue, 'a', log, 'a4').done).rejects.toThrow(QueueFull)
  await expect(second.done).rejects.toThrow(QueueFull)
  await expect(third.done).rejects.toThrow(QueueFull)
  first.finish()
  await first.done
  const next = work(queue, 'a', log, 'a5')
  await Promise.resolve()
  next.finish()
  await next.done
  expect(log).toEqual(['a1', 'a5'])
})
