import type pg from 'pg'
import { databaseOf } from './database.ts'
import { Person } from './person.ts'
import type { RunningMuster } from './server.ts'

export const PASSWORD = 'seven tidy herons wade'

/** Everything that Beta has one of, by its id. Acme's people must get at none of it. */
export type Ids = Record<
  | 'user'
  | 'group'
  | 'role'
  | 'rule'
  | 'connection'
  | 'serviceUser'
  | 'token'
  | 'client'
  | 'secret'
  | 'exchange'
  | 'event'
  | 'member'
  | 'invitation',
  string
>

export type TwoTeams = {
  database: pg.Client
  betaId: string
  /** Who to remove from Beta, and the like: a member of it who is nobody else here. */
  memberId: string
  /** A static token of each team. */
  tokens: { acme: string; beta: string }
  /** An owner of Acme, an owner and a reviewer of Beta, and somebody who is signed out. */
  people: Record<'acmeOwner' | 'betaOwner' | 'betaReviewer' | 'stranger', Person>
}

/** Two teams with their people, by the command line. */
export async function twoTeams(muster: RunningMuster): Promise<TwoTeams> {
  const command = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await muster.command([...args, '--json'], stdin)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
    return JSON.parse(stdout)
  }
  const member = (team: string, email: string, role: string) =>
    command(
      ['member', 'create', '--team', team, '--email', email, '--role', role, '--password-stdin'],
      PASSWORD,
    )
  await command(['team', 'create', '--name', 'Acme'])
  const beta = await command(['team', 'create', '--name', 'Beta'])
  await member('acme', 'ada@acme.example', 'owner')
  await member('beta', 'bea@beta.example', 'owner')
  await member('beta', 'rex@beta.example', 'reviewer')
  const { memberId } = await member('beta', 'mia@beta.example', 'reviewer')
  const tokens = {
    acme: (await command(['service-user', 'create', '--team', 'acme', '--name', 'acme-okta'])).token,
    beta: (await command(['service-user', 'create', '--team', 'beta', '--name', 'beta-okta'])).token,
  }
  const person = async (email?: string) => {
    const one = new Person(muster.url)
    if (email) await one.signIn(email, PASSWORD)
    return one
  }
  return {
    database: await databaseOf(muster),
    betaId: beta.teamId,
    memberId,
    tokens,
    people: {
      acmeOwner: await person('ada@acme.example'),
      betaOwner: await person('bea@beta.example'),
      betaReviewer: await person('rex@beta.example'),
      stranger: await person(),
    },
  }
}

/** The newest of each thing that Beta has. */
export async function idsOf({ database, betaId, memberId }: TwoTeams): Promise<Ids> {
  const newest = async (table: string, column = 'team_id') =>
    (await database.query(`SELECT id FROM ${table} WHERE ${column} = $1 ORDER BY id DESC LIMIT 1`, [betaId]))
      .rows[0]?.id as string
  const client = await newest('client', 'owner_team_id')
  const secrets = await database.query('SELECT id FROM client_secret WHERE client_id = $1', [client ?? null])
  return {
    user: await newest('directory_user'),
    group: await newest('directory_group'),
    role: await newest('role'),
    rule: await newest('role_rule'),
    connection: await newest('connection'),
    serviceUser: await newest('service_user'),
    token: await newest('token'),
    client,
    secret: secrets.rows[0]?.id,
    exchange: await newest('exchange'),
    event: await newest('activity_event'),
    member: memberId,
    invitation: await newest('invitation'),
  }
}

/** A fingerprint of every row that Beta owns, by table: what changes with any change of any of them. */
export async function fingerprint({ database, betaId }: TwoTeams): Promise<Record<string, string>> {
  const { rows: tables } = await database.query<{ name: string; key: string }>(
    `SELECT c.table_name AS name, c.column_name AS key FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name IN ('team_id', 'owner_team_id')
     UNION ALL SELECT 'team', 'id' ORDER BY 1`,
  )
  const prints: Record<string, string> = {}
  for (const { name, key } of tables) {
    const { rows } = await database.query(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') AS print
       FROM ${name} t WHERE ${key} = $1`,
      [betaId],
    )
    prints[name] = rows[0].print
  }
  return prints
}
