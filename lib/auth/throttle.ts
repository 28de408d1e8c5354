import { hash } from 'node:crypto'
import { pool } from '#lib/db/pool'
import { networkOf } from '#lib/http/client-address'

/** How many failures cost nothing, and the longest wait after that, per kind of key. */
const LIMITS = {
  /** One account from one address: what a person who mistypes meets. */
  pair: { free: 5, longestSeconds: 900 },
  /** One browser that has signed in to this account before: nobody else's guesses slow it down. */
  device: { free: 5, longestSeconds: 900 },
  /** One address, any account: many people may share it. */
  address: { free: 30, longestSeconds: 900 },
  /** One account, any address: guessing from many machines at once. */
  account: { free: 40, longestSeconds: 60 },
  /** Second factors of one account. */
  code: { free: 5, longestSeconds: 900 },
} as const
type ThrottleKind = keyof typeof LIMITS
export type ThrottleKey = { kind: ThrottleKind; of: string }

/** Failures are forgotten this long after the last one. */
const WINDOW_SECONDS = 24 * 60 * 60

export type Attempt =
  | { allowed: true; succeeded: () => Promise<void> }
  | { allowed: false; retryAfterSeconds: number }

/**
 * Counts an attempt before it is made, so that parallel guesses count too. Past its free failures a key waits 1, 2, 4 …
 * seconds after each one. Call `succeeded` when the attempt was good: it takes the count back. `now`: milliseconds.
 */
export async function attempt(keys: ThrottleKey[], now: number): Promise<Attempt> {
  const counted: string[] = []
  for (const each of keys) {
    const key = rowKey(each)
    const waitSeconds = await count(key, LIMITS[each.kind], now)
    if (waitSeconds > 0) {
      await takeBack(counted)
      return { allowed: false, retryAfterSeconds: waitSeconds }
    }
    counted.push(key)
  }
  return {
    allowed: true,
    succeeded: async () => {
      const own = keys.filter(({ kind }) => kind !== 'address' && kind !== 'account').map(rowKey)
      await pool().query('DELETE FROM throttle WHERE key = ANY($1)', [own])
      await takeBack(counted.filter((key) => !own.includes(key)))
    },
  }
}

/** Forgets an account's failures from every address: after a recovery, say. */
export async function forgiveAccount(emailKey: string, memberId: string): Promise<void> {
  await pool().query('DELETE FROM throttle WHERE key = ANY($1)', [
    [rowKey({ kind: 'account', of: emailKey }), rowKey({ kind: 'code', of: memberId })],
  ])
}

/** Addresses and emails stay out of the table. */
export function rowKey({ kind, of }: { kind: string; of: string }): string {
  const whose = kind === 'address' ? networkOf(of) : of
  return `${kind}:${hash('sha256', whose, 'base64url')}`
}

type Limit = { free: number; longestSeconds: number }

/** Seconds to wait; 0 when the attempt was counted and may be made. The last failure was WINDOW before the window's end. */
async function count(key: string, limit: Limit, now: number): Promise<number> {
  const at = new Date(now)
  const counted = await pool().query(
    `INSERT INTO throttle AS t (key, failures, window_ends_at)
     VALUES ($1, 1, $2::timestamptz + make_interval(secs => $3))
     ON CONFLICT (key) DO UPDATE SET
       failures = CASE WHEN t.window_ends_at <= $2 THEN 1 ELSE t.failures + 1 END,
       window_ends_at = excluded.window_ends_at
     WHERE t.window_ends_at <= $2 OR t.failures < $4
       OR $2 >= t.window_ends_at - make_interval(secs => $3)
              + make_interval(secs => LEAST($5::float8, power(2, LEAST(t.failures - $4, 30))))`,
    [key, at, WINDOW_SECONDS, limit.free, limit.longestSeconds],
  )
  if (counted.rowCount) return 0
  const { rows } = await pool().query<{ failures: number; window_ends_at: Date }>(
    'SELECT failures, window_ends_at FROM throttle WHERE key = $1',
    [key],
  )
  const row = rows[0]
  if (!row) return 1
  const lastFailure = row.window_ends_at.getTime() - WINDOW_SECONDS * 1000
  const delay = Math.min(limit.longestSeconds, 2 ** Math.min(row.failures - limit.free, 30)) * 1000
  return Math.max(1, Math.ceil((lastFailure + delay - now) / 1000))
}

async function takeBack(keys: string[]): Promise<void> {
  if (keys.length === 0) return
  await pool().query('UPDATE throttle SET failures = GREATEST(failures - 1, 0) WHERE key = ANY($1)', [keys])
}
