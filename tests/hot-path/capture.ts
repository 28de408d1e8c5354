import pg from 'pg'

export type Statement = { name: string; text: string; values: unknown[] }

/** What is written after answers, for many requests at once: no part of a request's own cost. */
const AFTERWARDS = /^(insert-exchanges|observe-|SELECT pg_notify)/

const original = pg.Client.prototype.query
let captured: Statement[] | undefined

// Every statement, of the pool as of a transaction, goes through this one method.
pg.Client.prototype.query = function query(this: pg.Client, ...args: any[]) {
  const [first, second] = args
  const text = typeof first === 'string' ? first : first.text
  const name = (typeof first === 'object' && first.name) || text.trim().split(/\s+/, 2).join(' ')
  captured?.push({ name, text, values: first.values ?? second ?? [] })
  return original.apply(this, args as never)
} as typeof original

/** The statements that run while `work` does, in order, without those that are written afterwards. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const own: Statement[] = []
  captured = own
  try {
    await work()
  } finally {
    captured = undefined
  }
  return own.filter(({ name }) => !AFTERWARDS.test(name))
}

/** And those that are. */
export async function statementsAfter(work: () => Promise<unknown>): Promise<Statement[]> {
  const own: Statement[] = []
  captured = own
  try {
    await work()
  } finally {
    captured = undefined
  }
  return own.filter(({ name }) => AFTERWARDS.test(name))
}
