import type pg from 'pg'

/** Secrets that were sent or given out, by name, and where they must not be. */
export class Secrets {
  readonly #values = new Map<string, string>()
  readonly #errors: string[] = []

  /** Marks a value as a secret; gives it back. */
  mark(name: string, value: string): string {
    if (value.length < 12) throw new Error(`${name} is too short to be told from other text: ${value}`)
    this.#values.set(name, value)
    return value
  }

  get count(): number {
    return this.#values.size
  }

  /**
   * Keeps the answer to a request that was refused, to be looked through at the end. A page that has a secret for its
   * address (an invitation's, say) knows it.
   */
  async refused(response: Response): Promise<void> {
    const { pathname, search } = new URL(response.url || 'http://none')
    const own = pathname.split('/').filter((part) => part.length > 20)
    const isPage = /html|component/.test(response.headers.get('content-type') ?? '')
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    let text = `${response.status} ${headers}\n${await response.text()}`
    for (const known of isPage ? [search, ...own].filter(Boolean) : []) text = text.replaceAll(known, '')
    this.#errors.push(text)
  }

  get refusals(): string[] {
    return this.#errors
  }

  /** The names of the secrets in a text, as they are or in the clothes that they travel in. */
  in(text: string): string[] {
    return [...this.#values]
      .filter(([, value]) =>
        [
          value,
          encodeURIComponent(value),
          encodeURIComponent(value).replaceAll('%20', '+'),
          JSON.stringify(value).slice(1, -1),
          Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -1),
          Buffer.from(value).toString('hex'),
        ].some((clothed) => text.includes(clothed)),
      )
      .map(([name]) => name)
  }
}

/** Every row of every table, as text, by table. */
export async function everyRow(database: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
  const dump = new Map<string, string>()
  for (const { name } of tables) {
    const { rows } = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
    if (rows.length > 0) dump.set(name, rows.map(({ row }) => row).join('\n'))
  }
  return dump
}
