import { pool } from '#lib/db/pool'
import { command } from '../command.ts'

type Row = {
  clientId: string
  name: string
  team: string | null
  disabled: boolean
  connections: number
  liveSecrets: number
}

const LIST = `
  SELECT k.client_id AS "clientId", k.name, t.slug AS team, k.disabled_at IS NOT NULL AS disabled,
         (SELECT count(*) FROM connection c WHERE c.client_id = k.id AND c.disconnected_at IS NULL) AS connections,
         (SELECT count(*) FROM client_secret x
           WHERE x.client_id = k.id AND (x.expires_at IS NULL OR x.expires_at > now())) AS "liveSecrets"
    FROM client k LEFT JOIN team t ON t.id = k.owner_team_id
   ORDER BY t.slug NULLS FIRST, k.name, k.client_id`

export const clientList = command({
  summary: 'Lists the registered OAuth clients: those of the installation, then those of teams',
  options: {},
  async run() {
    const { rows } = await pool().query<Row>(LIST)
    const lines = rows.map(({ clientId, name, team, disabled, connections, liveSecrets }) =>
      [
        clientId,
        name,
        team ? `of ${team}` : 'for any team',
        `${connections} ${connections === 1 ? 'connection' : 'connections'}`,
        `${liveSecrets} ${liveSecrets === 1 ? 'secret' : 'secrets'}`,
        ...(disabled ? ['disabled'] : []),
      ].join('  '),
    )
    return { json: rows, text: lines.join('\n') || 'There are no clients.' }
  },
})
