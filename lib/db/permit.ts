/**
 * A request's right to be answered, which rests on its access token. A process remembers whose a token is, as that never
 * changes. Whether it is good still may change at any moment, so that the first statement of the request asks it, in the
 * snapshot in which it reads or writes (`permitOf`): the question costs no way to PostgreSQL of its own, and a revocation
 * that was committed before that statement began is seen by it, on every process. Until a statement, or the full check,
 * has found the token good, nothing may be written and nothing may be answered: neither what was read nor what is wrong
 * with the request.
 */
export class Permit {
  readonly #tokenHash: string
  readonly #check: () => Promise<unknown>
  #proven = false
  #checking: Promise<unknown> | undefined

  /** @param check  the full check; rejects with what the request is refused with */
  constructor(tokenHash: string, check: () => Promise<unknown>) {
    this.#tokenHash = tokenHash
    this.#check = check
  }

  /** The hash of the token that a statement has yet to find good, or null when one has. */
  get unproven(): string | null {
    return this.#proven ? null : this.#tokenHash
  }

  /** Takes note of what a statement found. A token that it did not find good is checked in full, which says why. */
  async found(good: boolean): Promise<void> {
    if (good) this.#proven = true
    else await this.confirm()
  }

  /** Makes sure of the token without a statement that would do it on its way. Rejects when it is not good. */
  async confirm(): Promise<void> {
    if (this.#proven) return
    this.#checking ??= this.#check()
    await this.#checking
    this.#proven = true
  }
}

/**
 * SQL, for a WITH or FROM clause of a statement on team `$1`: one row, `good` when the token whose hash a parameter brings
 * is one that `authenticate` lets in at a time, or when the parameter is null. Whatever the statement writes has to come
 * `FROM` it, `WHERE` it is good. Sub-selects, so that each looks up its primary key however few rows there are.
 */
export function permitOf(tokenHash: string, at: string): string {
  return `SELECT ${tokenHash}::text IS NULL OR coalesce((
    SELECT t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${at}::timestamptz)
      AND (SELECT s.disabled_at IS NULL AND s.deleted_at IS NULL FROM service_user s WHERE s.team_id = $1 AND s.id = t.service_user_id)
      AND (SELECT c.disconnected_at IS NULL FROM connection c WHERE c.team_id = $1 AND c.id = t.connection_id)
    FROM token t WHERE t.team_id = $1 AND t.token_hash = ${tokenHash}), false) AS good`
}

/**
 * Runs a statement with the hash that it has to ask for, or null. One that found no good token is refused, or runs again
 * without the question when the full check finds the token good after all; a write then did nothing the first time.
 */
export async function permitted<Result extends { good: boolean }>(
  permit: Permit | undefined,
  run: (tokenHash: string | null) => Promise<Result>,
): Promise<Result> {
  const token = permit?.unproven
  if (!token) return run(null)
  const result = await run(token)
  await permit.found(result.good)
  return result.good ? result : run(null)
}
