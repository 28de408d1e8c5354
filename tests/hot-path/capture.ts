import pg from 'pg'

export type Statement = { name: string; text: string; values: unknown[] }

/** What is written after answers, for many requests at once: no part of a request's own cost. */
const AFTERWARDS = /^(insert-exchanges|observe-|announce)/

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
  return (await capture(work)).filter(({ name }) => !AFTERWARDS.test(name))
}

/** And those that are. */
export async function statementsAfter(work: () => Promise<unknown>): Promise<Statement[]> {
  return (await capture(work)).filter(({ name }) => AFTERWARDS.test(name))
}

async function capture(work: () => Promise<unknown>): Promise<Statement[]> {
  const own: Statement[] = []
  captured = own
  try {
    await work()
  } finally {
    captured = undefined
  }
  return own
}

/** How often each prepared statement of the pool's connections was planned anew for its values, after its first five times. */
export async function plannedAnew(pool: pg.Pool): Promise<Map<string, number>> {
  const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()))
  const planned = new Map<string, number>()
  for (const client of clients) {
    const { rows } = await client.query<{ name: string; anew: string }>(
      'SELECT name, greatest(custom_plans - 5, 0) AS anew FROM pg_prepared_statements',
    )
    for (const { name, anew } of rows) planned.set(name, (planned.get(name) ?? 0) + Number(anew))
    client.release()
  }
  return planned
}
