import { pool } from '#lib/db/pool'
import { type KeysetPage, keysetPage, keysetSql, PAGE_SIZE, readPosition } from './keyset.ts'

export type MemberRow = {
  userId: string
  userName: string
  displayName: string | undefined
  active: boolean
  addedAt: string
  exchangeId: string | undefined
}

type Row = {
  user_id: string
  user_name: string
  display_name: string | null
  active: boolean
  added_at: Date
  exchange_id: string | null
}

/**
 * A page of a group's members, in the order of the membership's own index, so that a group of a hundred thousand costs
 * what one of fifty costs.
 */
export async function groupMembers(
  teamId: string,
  groupId: string,
  wanted: { after?: string; before?: string },
): Promise<KeysetPage<MemberRow>> {
  const position = readPosition(wanted.after, wanted.before)
  const backwards = position?.direction === 'before'
  const condition = position ? `AND m.user_id ${backwards ? '<' : '>'} $3::uuid` : ''
  const { rows } = await pool().query<Row>(
    `SELECT m.user_id, u.user_name, u.display_name, u.active, m.added_at, m.exchange_id FROM membership m
     JOIN directory_user u ON u.team_id = m.team_id AND u.id = m.user_id
     WHERE m.team_id = $1 AND m.group_id = $2 ${condition} ORDER BY m.user_id ${backwards ? 'DESC' : 'ASC'} LIMIT ${PAGE_SIZE + 1}`,
    position ? [teamId, groupId, position.id] : [teamId, groupId],
  )
  const page = keysetPage(rows, PAGE_SIZE, position, (row) => ['', row.user_id])
  return { ...page, rows: page.rows.map(memberRow) }
}

/** The members of `everyone`: all users, in the order of their ids. */
export async function everyoneMembers(
  teamId: string,
  wanted: { after?: string; before?: string },
): Promise<KeysetPage<MemberRow>> {
  const position = readPosition(wanted.after, wanted.before)
  const keyset = keysetSql(position, false, 'u.team_id', 'u.id', 'uuid', 2)
  const { rows } = await pool().query<Row>(
    `SELECT u.id AS user_id, u.user_name, u.display_name, u.active, u.created_at AS added_at, NULL AS exchange_id FROM directory_user u
     WHERE u.team_id = $1 AND ${keyset.condition} ORDER BY ${keyset.order} LIMIT ${PAGE_SIZE + 1}`,
    [teamId, ...keyset.values],
  )
  const page = keysetPage(rows, PAGE_SIZE, position, (row) => [teamId, row.user_id])
  return { ...page, rows: page.rows.map(memberRow) }
}

function memberRow(row: Row): MemberRow {
  return {
    userId: row.user_id,
    userName: row.user_name,
    displayName: row.display_name ?? undefined,
    active: row.active,
    addedAt: row.added_at.toISOString(),
    exchangeId: row.exchange_id ?? undefined,
  }
}
