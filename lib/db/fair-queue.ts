/** Thrown to whoever would wait behind too many, or has waited too long. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull'
}

type Waiter = { start: () => void; timer: NodeJS.Timeout }
export type FairQueueOptions = {
  slots: number
  perOwner: number
  waitingPerOwner: number
  patienceMs: number
}

/**
 * Lets so many pieces of work run at once, and of one owner so many only: whoever asks for much waits for themselves, and
 * others find a free slot. Owners take turns.
 */
export class FairQueue {
  readonly #options: FairQueueOptions
  readonly #running = new Map<string, number>()
  readonly #waiting = new Map<string, Waiter[]>()
  #busy = 0

  constructor(options: FairQueueOptions) {
    this.#options = options
  }

  async run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    if (this.#mayStart(owner)) this.#take(owner)
    else await this.#turn(owner)
    try {
      return await work()
    } finally {
      this.#busy--
      const left = (this.#running.get(owner) ?? 1) - 1
      if (left > 0) this.#running.set(owner, left)
      else this.#running.delete(owner)
      this.#next()
    }
  }

  load(): { running: number; waiting: number } {
    const waiting = [...this.#waiting.values()].reduce((sum, queue) => sum + queue.length, 0)
    return { running: this.#busy, waiting }
  }

  #mayStart(owner: string): boolean {
    const { slots, perOwner } = this.#options
    return this.#busy < slots && (this.#running.get(owner) ?? 0) < perOwner
  }

  #take(owner: string): void {
    this.#busy++
    this.#running.set(owner, (this.#running.get(owner) ?? 0) + 1)
  }

  /** Resolves with the slot taken. */
  #turn(owner: string): Promise<void> {
    const queue = this.#waiting.get(owner) ?? []
    if (queue.length >= this.#options.waitingPerOwner) throw new QueueFull()
    this.#waiting.set(owner, queue)
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        start: () => {
          clearTimeout(waiter.timer)
          resolve()
        },
        timer: setTimeout(() => {
          queue.splice(queue.indexOf(waiter), 1)
          if (queue.length === 0) this.#waiting.delete(owner)
          reject(new QueueFull())
        }, this.#options.patienceMs),
      }
      queue.push(waiter)
    })
  }

  #next(): void {
    for (const [owner, queue] of this.#waiting) {
      if (!this.#mayStart(owner)) continue
      const waiter = queue.shift()
      // Back of the line, so that owners take turns.
      this.#waiting.delete(owner)
      if (queue.length > 0) this.#waiting.set(owner, queue)
      this.#take(owner)
      waiter?.start()
      return
    }
  }
}
