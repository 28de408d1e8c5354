import { pool } from '#lib/db/pool'
import type { Statement } from './capture.ts'

/**
 * Whether a plan for the statement's values looks so much dearer than one for any values that PostgreSQL never makes it
 * again, whatever became of the tables since.
 */
export async function looksDear({ text, values }: Statement): Promise<boolean> {
  const given = await costOf(`EXPLAIN (FORMAT JSON) ${text}`, values)
  return given > 50 * (await costOf(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`, []))
}

async function costOf(explain: string, values: unknown[]): Promise<number> {
  const { rows } = await pool().query(explain, values)
  return JSON.parse(rows[0]['QUERY PLAN'])[0].Plan['Total Cost']
}
