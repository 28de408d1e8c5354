import { pool } from '#lib/db/pool'
import { command } from '../command.ts'
import { findTeam, TEAM } from '../find-team.ts'

type Row = { email: string; name: string; role: string; twoStep: boolean; lastSeenAt: Date | null }

const LIST = `
  SELECT m.email, m.name, t.role, m.totp_enabled_at IS NOT NULL AS "twoStep",
         (SELECT max(s.last_seen_at) FROM sign_in_session s WHERE s.member_id = m.id) AS "lastSeenAt"
    FROM team_member t JOIN member m ON m.id = t.member_id
   WHERE t.team_id = $1
   ORDER BY array_position(ARRAY['owner', 'admin', 'reviewer'], t.role), m.email`

export const memberList = command({
  summary: 'Lists who may sign in to a team, owners first',
  options: { team: TEAM },
  async run({ team }) {
    const { id } = await findTeam(team)
    const { rows } = await pool().query<Row>(LIST, [id])
    const lines = rows.map(({ email, role, twoStep, lastSeenAt }) =>
      [
        email,
        role,
        twoStep ? 'two-step' : 'password only',
        lastSeenAt ? `seen ${lastSeenAt.toISOString().slice(0, 10)}` : 'never signed in',
      ].join('  '),
    )
    return { json: rows, text: lines.join('\n') || 'There are no members.' }
  },
})
