export type Counted = 'User' | 'Group'

/** Where the rows of a resource are, and which of them count: Muster's own groups are no SCIM resources. */
export const TABLES = {
  User: { table: 'directory_user', rows: 'r.team_id = $1' },
  Group: { table: 'directory_group', rows: 'r.team_id = $1 AND r.system IS NULL' },
} as const satisfies Record<Counted, { table: string; rows: string }>

/** Rows up to a team's last block are counted there; the few that came since are counted one by one. */
export const settledSql = (resource: Counted) => `
  settled AS MATERIALIZED (
    SELECT coalesce(max(upto), 0) AS horizon, coalesce(sum(rows), 0) AS rows FROM directory_block
    WHERE team_id = $1 AND resource = '${resource}'
  ), tail AS MATERIALIZED (
    SELECT count(*) AS rows FROM ${TABLES[resource].table} r
    WHERE ${TABLES[resource].rows} AND r.seq >= (SELECT horizon FROM settled)
  )`
