import { pool } from '#lib/db/pool'
import type { Statement } from './capture.ts'

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] } & Record<
  string,
  unknown
>

/**
 * The tables that a statement reads from end to end, by the plan for its values and by the one for any values: through
 * a scan of the table, or through an index of which it knows no more than the team.
 */
export async function wholeTablesRead({ text, values }: Statement): Promise<string[]> {
  const second = await secondColumns()
  const plans = [
    await pool().query(`EXPLAIN (FORMAT JSON) ${text}`, values),
    await pool().query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`),
  ]
  return plans.flatMap(({ rows: [row] }) => scans(JSON.parse(row['QUERY PLAN'])[0].Plan, second))
}

/** Of these a team has few: what it set up by hand, and what is rare. */
const SMALL = ['extension_schema', 'role', 'nested_group', 'unresolved_member']

function scans(plan: Plan, second: ReadonlyMap<string, string>): string[] {
  const read = plan['Relation Name'] ?? plan['Index Name'] ?? ''
  const small = SMALL.some((table) => read.startsWith(table))
  const column = second.get(plan['Index Name'] ?? '')
  // Further columns of an index narrow nothing down when the second is not known.
  const onlyTeam = column !== undefined && !String(plan['Index Cond'] ?? '').includes(column)
  const whole = !small && (plan['Node Type'] === 'Seq Scan' || onlyTeam)
  return [...(whole ? [read] : []), ...(plan.Plans ?? []).flatMap((child) => scans(child, second))]
}

/** Index → its second column, of all ordered indexes that begin with the team. */
async function secondColumns(): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool().query<{ index: string; column: string }>(
    `SELECT c.relname AS index, a.attname AS column FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_am am ON am.oid = c.relam AND am.amname = 'btree'
       JOIN pg_attribute a ON a.attrelid = i.indexrelid AND a.attnum = 2
       JOIN pg_attribute first ON first.attrelid = i.indexrelid AND first.attnum = 1 AND first.attname = 'team_id'`,
  )
  return new Map(rows.map(({ index, column }) => [index, column]))
}
