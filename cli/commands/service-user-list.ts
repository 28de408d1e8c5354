import { pool } from '#lib/db/pool'
import { command } from '../command.ts'
import { findTeam } from '../find-team.ts'

type Row = {
  team: string
  name: string
  createdBy: string
  createdAt: Date
  disabledAt: Date | null
  lastUsedAt: Date | null
  liveTokens: number
  nextExpiry: Date | null
}

const LIST = `
  SELECT t.slug AS team, s.name, s.created_by AS "createdBy", s.created_at AS "createdAt", s.disabled_at AS "disabledAt",
         s.last_used_at AS "lastUsedAt", count(k.id)::int AS "liveTokens", min(k.expires_at) AS "nextExpiry"
    FROM service_user s
    JOIN team t ON t.id = s.team_id
    LEFT JOIN token k ON k.team_id = s.team_id AND k.service_user_id = s.id
         AND k.revoked_at IS NULL AND k.rotated_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
   WHERE s.deleted_at IS NULL AND ($1::uuid IS NULL OR s.team_id = $1)
   GROUP BY t.slug, s.team_id, s.id
   ORDER BY t.slug, s.name`

export const serviceUserList = command({
  summary: 'Lists service users: their state, their live tokens, when they were last used',
  options: { team: { type: 'string', value: 'SLUG', help: 'of this team only' } },
  async run({ team }) {
    const teamId = team === undefined ? null : (await findTeam(team)).id
    const { rows } = await pool().query<Row>(LIST, [teamId])
    return { json: rows, text: rows.length ? table(rows) : 'There are no service users.' }
  },
})

function table(rows: Row[]): string {
  const lines = [
    ['TEAM', 'NAME', 'STATE', 'LIVE TOKENS', 'NEXT EXPIRY', 'LAST USED', 'MADE BY'],
    ...rows.map((row) => [
      row.team,
      row.name,
      row.disabledAt ? 'disabled' : row.liveTokens ? 'active' : 'expired',
      String(row.liveTokens),
      row.nextExpiry ? minute(row.nextExpiry) : 'never',
      row.lastUsedAt ? minute(row.lastUsedAt) : 'never',
      row.createdBy,
    ]),
  ]
  const widths = (lines[0] as string[]).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] as string).length)),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function minute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
