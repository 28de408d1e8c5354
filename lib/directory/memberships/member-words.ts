import { confirmedSql } from '#lib/activity/confirmed'

/** How many of the ids that a request added or removed its record shows. */
export const SHOWN = 100

/** How a change of members is told, in SQL: "added 3 members to Ops". `delta`: how many, signed; `name`: the group's. */
export function memberWords(direction: 'add' | 'remove', delta: string, name: string): string {
  const [verb, preposition] = direction === 'add' ? ['added', 'to'] : ['removed', 'from']
  return `CASE WHEN ${delta} = 0 THEN ${confirmedSql(name)} ELSE '${verb} ' || abs(${delta}) || ' member' || CASE WHEN abs(${delta}) = 1 THEN '' ELSE 's' END || ' ${preposition} ' || ${name} END`
}
