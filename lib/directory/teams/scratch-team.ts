import { pool } from '#lib/db/pool'
import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { type CreatedTeam, createTeam } from './create-team.ts'

/** A team for a test, which nobody is a member of: no page lists it and nobody signs in to it. Remove it by `until`. */
export async function createScratchTeam(name: string, until: Date): Promise<CreatedTeam> {
  return inPrismaTransaction(async (tx) => {
    const team = await createTeam(tx, { name, slug: `scratch-${newId().slice(-12)}` })
    await tx.team.update({ where: { id: team.id }, data: { scratchUntil: until } })
    return team
  })
}

/** Removes a scratch team and every row that belongs to it. Throws DomainError `not_found` for any other team. */
export async function removeScratchTeam(teamId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const team = 'SELECT 1 FROM team WHERE id = $1 AND scratch_until IS NOT NULL FOR UPDATE'
    const { rowCount } = await tx.query(team, [teamId])
    if (rowCount === 0) throw new DomainError('not_found', 'There is no such scratch team.')
    for (const table of await tenantTables())
      await tx.query(`DELETE FROM ${table} WHERE team_id = $1`, [teamId])
    await tx.query('DELETE FROM team WHERE id = $1', [teamId])
  })
}

/** Removes the scratch teams whose time is over: a process that ended in the middle of a test left them. */
export async function removeStaleScratchTeams(now: number): Promise<void> {
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM team WHERE scratch_until < $1', [
    new Date(now),
  ])
  for (const { id } of rows) {
    await removeScratchTeam(id).catch((cause) => {
      // Another process was faster.
      if (!(cause instanceof DomainError)) throw cause
    })
  }
}

/**
 * The tables with a `team_id`, quoted, those that refer to others before them: read from the catalog, so that a table that
 * is added later is not forgotten.
 */
async function tenantTables(): Promise<string[]> {
  const { rows } = await pool().query<{ name: string; refers: string[] }>(`
    SELECT c.oid::regclass::text AS name, coalesce(array_agg(f.confrelid::regclass::text)
      FILTER (WHERE f.confrelid IS NOT NULL AND f.confrelid <> c.oid), '{}') AS refers
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'team_id' AND NOT a.attisdropped
    LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f'
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    GROUP BY c.oid`)
  const left = new Map(rows.map(({ name, refers }) => [name, refers]))
  const ordered: string[] = []
  while (left.size > 0) {
    const free = [...left.keys()].filter(
      (name) => ![...left.values()].some((refers) => refers.includes(name)),
    )
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()]}`)
    for (const name of free) left.delete(name)
    ordered.push(...free)
  }
  return ordered
}
