import { FreshReads } from './fresh-reads.ts'
import { type Permit, permitted } from './permit.ts'

type Read<Row> = { good: boolean; row: Row | undefined }

/** FreshReads on behalf of requests with a permit: those with the same token are gathered, and their statement asks for it. */
export class PermittedReads<Row extends { good: boolean }> {
  readonly #reads: FreshReads<Read<Row>>

  /**
   * @param load  reads the rows of a team by key, in one statement that asks for a token (or null) as well: at least one
   *   row, without a key (`keyOf`) when there is none to find
   */
  constructor(
    load: (teamId: string, keys: string[], tokenHash: string | null) => Promise<Row[]>,
    keyOf: (row: Row) => string,
  ) {
    this.#reads = new FreshReads(async (scope, keys) => {
      const [teamId = '', tokenHash] = scope.split(' ')
      const rows = await load(teamId, keys, tokenHash || null)
      const good = rows[0]?.good === true
      const byKey = new Map(rows.map((row) => [keyOf(row), row]))
      return new Map(keys.map((key) => [key, { good, row: byKey.get(key) }]))
    })
  }

  /** The row as it is now. Rejects with what the request is refused with when its permit turns out to be void. */
  async read(teamId: string, key: string, permit: Permit | undefined): Promise<Row | undefined> {
    const { row } = await permitted(permit, async (tokenHash) => {
      const read = await this.#reads.read(`${teamId} ${tokenHash ?? ''}`, key)
      return read as Read<Row>
    })
    return row
  }
}
