import { singleton } from './singleton.ts'

/** The last work of each key that has not ended yet. */
const lasts = () => singleton('in-turn', () => new Map<string | object, Promise<unknown>>())

/**
 * Runs works with the same key one after the other, in the order in which they came, whatever became of those before.
 * For writes that PostgreSQL would make wait for each other's row lock anyway: they wait here, where waiting costs no
 * connection, no wake-up, and no second look at a row that changed meanwhile. Other processes are kept apart by the lock.
 */
export function inTurn<T>(key: string | object, work: () => Promise<T>): Promise<T> {
  const last = lasts()
  const before = last.get(key)
  const running = before ? before.then(work, work) : work()
  last.set(key, running)
  const over = () => {
    if (last.get(key) === running) last.delete(key)
  }
  running.then(over, over)
  return running
}

/** A statement's size stays bounded. */
const TOGETHER_AT_MOST = 32

type Waiting = {
  item: unknown
  resolve: (result: never) => void
  reject: (cause: unknown) => void
}
/** Works of one kind that wait for the turn they will share. */
type Gathering = { kind: string; waiting: Waiting[]; turn: Promise<void> }
const gatherings = () => singleton('in-turn-together', () => new Map<string, Gathering>())

/**
 * The same for works that can be done together: those that come one after the other, are of one kind and would have to
 * wait share one turn. `work` gets their items in order, and returns what became of each. One that need not wait begins at
 * once, and alone. Works of other kinds, and of `inTurn`, keep their place between them.
 */
export function inTurnTogether<Item, Result>(
  key: string,
  kind: string,
  item: Item,
  work: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const open = gatherings().get(key)
    const mayJoin =
      open?.kind === kind && open.waiting.length < TOGETHER_AT_MOST && lasts().get(key) === open.turn
    if (mayJoin) {
      open.waiting.push({ item, resolve, reject })
      return
    }
    const waiting: Waiting[] = [{ item, resolve, reject }]
    let begun = false
    const turn = inTurn(key, async () => {
      begun = true
      if (gatherings().get(key)?.waiting === waiting) gatherings().delete(key)
      try {
        const results = await work(waiting.map((one) => one.item as Item))
        for (const [i, result] of results.entries())
          if (result.status === 'fulfilled') waiting[i]?.resolve(result.value as never)
          else waiting[i]?.reject(result.reason)
      } catch (cause) {
        for (const one of waiting) one.reject(cause)
      }
    })
    if (!begun) gatherings().set(key, { kind, waiting, turn })
  })
}
