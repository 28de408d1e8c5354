import { pool } from '#lib/db/pool'
import { readMigrations } from '#prisma/migrate'
import { command } from '../command.ts'
import { findInstallation, withDatabase } from '../connect.ts'

const COUNTS = `
  SELECT current_setting('server_version') AS postgres,
         (SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS migrations,
         (SELECT count(*)::int FROM team WHERE scratch_until IS NULL) AS teams,
         (SELECT count(*)::int FROM member) AS members,
         (SELECT count(*)::int FROM client) AS clients,
         (SELECT count(*)::int FROM service_user WHERE deleted_at IS NULL) AS "serviceUsers",
         (SELECT count(*)::int FROM directory_user) AS users,
         (SELECT count(*)::int FROM directory_group) AS groups`

export const status = command({
  summary: 'Says where this installation is, whether it runs, and what it holds',
  options: {},
  offline: true,
  notes: 'When no Muster runs, the embedded database is started for the moment it takes to look.',
  async run() {
    const { dataDir, running, exists } = findInstallation()
    const database = dataDir ? `embedded in ${dataDir}` : 'at DATABASE_URL'
    if (!exists)
      return {
        json: { installed: false, dataDir, running: false },
        text: `There is no Muster in ${dataDir} yet. "npm start" makes it, and so does "team create".`,
      }
    const row = await withDatabase(async () => (await pool().query(COUNTS)).rows[0])
    const { postgres, migrations, ...holds } = row as Record<string, number>
    const pending = readMigrations().length - Number(migrations)
    return {
      json: {
        installed: true,
        dataDir,
        running: running !== null,
        pid: running?.pid ?? null,
        url: running?.url ?? null,
        postgres: String(postgres),
        pendingMigrations: pending,
        ...holds,
      },
      text: [
        line('Muster', running ? `runs at ${running.url} (process ${running.pid})` : notRunning(dataDir)),
        line('Database', `PostgreSQL ${postgres}, ${database}`),
        line('Migrations', pending ? `${pending} pending; the next start applies them` : 'all applied'),
        ...Object.entries(holds).map(([name, count]) =>
          line(LABELS[name] ?? name, count.toLocaleString('en')),
        ),
      ].join('\n'),
    }
  },
})

const LABELS: Record<string, string> = {
  teams: 'Teams',
  members: 'Members',
  clients: 'OAuth clients',
  serviceUsers: 'Service users',
  users: 'Directory users',
  groups: 'Directory groups',
}

function line(label: string, value: string): string {
  return `${label.padEnd(17)}${value}`
}

function notRunning(dataDir: string | null): string {
  return dataDir ? 'does not run on this data folder now' : 'may run elsewhere on this database'
}
