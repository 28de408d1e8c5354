import { anyOf } from './pool.ts'

/**
 * A request's right to be answered, which rests on its access token. A process remembers whose a token is, as that never
 * changes. Whether it is good still may change at any moment, so that the first statement of the request asks it, in the
 * snapshot in which it reads or writes (`goodTokens`): the question costs no way to PostgreSQL of its own, and a
 * revocation that was committed before that statement began is seen by it, on every process. Until a statement, or the
 * full check, has found the token good, nothing may be written and nothing may be answered: neither what was read nor
 * what is wrong with the request.
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

/** SQL: the same as one text, which a statement returns beside what it reads: an array would be taken apart for each row. */
export function goodTokensText(hashes: string, at: string): string {
  return `(SELECT string_agg(good.token_hash, ' ') FROM (${goodTokens(hashes, at)}) good)`
}

/** What `goodTokensText` returned. */
export function readGoodTokens(text: string | null | undefined): ReadonlySet<string> {
  return new Set(text?.split(' '))
}

/**
 * SQL, for a WITH clause of a statement that writes: one row, `good` when the token whose hash a parameter brings is good at
 * a time, or when the parameter is null. Whatever the statement writes is to be `FROM` it, `WHERE` it is good.
 */
export function permitOf(tokenHash: string, at: string): string {
  return `SELECT ${tokenHash}::text IS NULL OR EXISTS (${tokens(`= ${tokenHash}`, at)}) AS good`
}

/**
 * Runs a write with the token that its statement has to ask for, or null. One that did nothing for want of a good token is
 * refused, or runs again without the question when the full check finds the token good after all.
 */
export async function permitted<Result extends { good: boolean }>(
  permit: Permit | undefined,
  write: (tokenHash: string | null) => Promise<Result>,
): Promise<Result> {
  const token = permit?.unproven
  if (!token) return write(null)
  const result = await write(token)
  await permit.found(result.good)
  return result.good ? result : write(null)
}

const GOOD = `t.revoked_at IS NULL AND s.disabled_at IS NULL AND s.deleted_at IS NULL AND c.disconnected_at IS NULL`

/**
 * SQL: the hashes of those tokens of team `$1` that are good, of a list (a parameter of type text[]) and at a time (one of
 * type timestamptz). Good is what `authenticate` lets in.
 */
export function goodTokens(hashes: string, at: string): string {
  return tokens(anyOf(hashes, 'text'), at)
}

function tokens(which: string, at: string): string {
  return `SELECT t.token_hash FROM token t
    JOIN service_user s ON s.team_id = t.team_id AND s.id = t.service_user_id
    JOIN connection c ON c.team_id = t.team_id AND c.id = t.connection_id
    WHERE t.team_id = $1 AND t.token_hash ${which}
      AND (t.expires_at IS NULL OR t.expires_at > ${at}::timestamptz) AND ${GOOD}`
}
