/**
 * SQL of a UUIDv7 that depends on nothing but a millisecond and a text, so that every table of the generated data can
 * name a row without looking it up.
 */
export function idSql(millisecond: string, text: string): string {
  const hash = `md5(${text})`
  return `(lpad(to_hex((${millisecond})::bigint), 12, '0') || '7' || substr(${hash}, 1, 3) || '8' || substr(${hash}, 4, 3) || substr(${hash}, 7, 12))::uuid`
}

const YEAR_MS = 365 * 86_400_000

/** When user or group number `n` of `count` arrived, in milliseconds: evenly over the year before `now`. */
export function arrivalSql(n: string, count: number, now: number): string {
  return `(${now - YEAR_MS}::bigint + (${n})::bigint * ${Math.floor((YEAR_MS - 3_600_000) / count)})`
}

export function userIdSql(n: string, users: number, now: number): string {
  return idSql(arrivalSql(n, users, now), `'user ' || ${n}`)
}

export function groupIdSql(n: string, groups: number, now: number): string {
  return idSql(arrivalSql(n, groups, now), `'group ' || ${n}`)
}

/** A text as a SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** One of several texts by a number in SQL, counted from 0. */
export function pickSql(texts: readonly string[], index: string): string {
  return `(ARRAY[${texts.map(literal).join(', ')}])[1 + (${index})::int]`
}
