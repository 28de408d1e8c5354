import type pg from 'pg'

/**
 * Takes the indexes of a table away while it is filled, and puts back the very same afterwards: building them at once
 * costs a fraction of keeping them. Those of constraints stay.
 */
export async function withoutIndexes(client: pg.Client, table: string, fill: () => Promise<void>) {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = $1::regclass AND NOT i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [table],
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  try {
    await fill()
  } finally {
    await client.query("SET maintenance_work_mem = '1GB'")
    for (const { definition } of rows) await client.query(definition)
  }
}
