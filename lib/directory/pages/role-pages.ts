import { pool } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { countRows } from '../count-rows.ts'
import { countOwners } from './count-owners.ts'

export type RoleSummary = {
  id: string
  name: string
  displayName: string
  description: string
  builtin: boolean
  groupCount: number
  ruleCount: number
  firstGroups: string[]
}
export type RuleSummary = {
  id: string
  match: 'exact' | 'pattern'
  pattern: string
  roleId: string
  roleName: string
  createdBy: string
  createdAt: string
  groupCount: number
}
export type RoleDetail = RoleSummary & {
  groups: {
    id: string
    name: string
    system: string | undefined
    memberCount: number
    grantedBy: string
    byRule: string | undefined
    since: string
  }[]
  rules: RuleSummary[]
  /** Users to whom the identity provider assigned the role itself; at most 200. */
  assigned: { id: string; userName: string; displayName: string | undefined; active: boolean }[]
}

const SUMMARY = `r.id, r.name, r.display_name AS "displayName", r.description, r.builtin,
  (SELECT count(*)::int FROM role_grant x WHERE x.team_id = r.team_id AND x.role_id = r.id) AS "groupCount",
  (SELECT count(*)::int FROM role_rule l WHERE l.team_id = r.team_id AND l.role_id = r.id) AS "ruleCount",
  ARRAY(SELECT g.display_name FROM role_grant x JOIN directory_group g ON g.team_id = x.team_id AND g.id = x.group_id
        WHERE x.team_id = r.team_id AND x.role_id = r.id ORDER BY g.name_key LIMIT 3) AS "firstGroups"`

export async function roleSummaries(teamId: string): Promise<RoleSummary[]> {
  const { rows } = await pool().query<RoleSummary>(
    `SELECT ${SUMMARY} FROM role r WHERE r.team_id = $1 ORDER BY r.builtin DESC, r.name`,
    [teamId],
  )
  return rows
}

export async function roleRules(teamId: string, roleId?: string): Promise<RuleSummary[]> {
  const { rows } = await pool().query<Omit<RuleSummary, 'createdAt'> & { created_at: Date }>(
    `SELECT l.id, l.match, l.pattern, l.role_id AS "roleId", r.name AS "roleName", l.created_by AS "createdBy", l.created_at,
       (SELECT count(*)::int FROM role_grant x WHERE x.team_id = l.team_id AND x.rule_id = l.id) AS "groupCount"
     FROM role_rule l JOIN role r ON r.team_id = l.team_id AND r.id = l.role_id
     WHERE l.team_id = $1 AND ($2::uuid IS NULL OR l.role_id = $2) ORDER BY lower(l.pattern), r.name`,
    [teamId, roleId ?? null],
  )
  return rows.map(({ created_at, ...rule }) => ({ ...rule, createdAt: created_at.toISOString() }))
}

/** Everything a role's page shows, or undefined when the team has no such role. */
export async function roleDetail(teamId: string, id: string): Promise<RoleDetail | undefined> {
  if (!isUuid(id)) return undefined
  const [role, groups, rules] = await Promise.all([
    pool().query<RoleSummary>(`SELECT ${SUMMARY} FROM role r WHERE r.team_id = $1 AND r.id = $2`, [
      teamId,
      id,
    ]),
    pool().query<{
      id: string
      name: string
      system: string | null
      member_count: number
      granted_by: string
      pattern: string | null
      created_at: Date
    }>(
      `SELECT g.id, g.display_name AS name, g.system, g.member_count, x.granted_by, l.pattern, x.created_at FROM role_grant x
       JOIN directory_group g ON g.team_id = x.team_id AND g.id = x.group_id LEFT JOIN role_rule l ON l.team_id = x.team_id AND l.id = x.rule_id
       WHERE x.team_id = $1 AND x.role_id = $2 ORDER BY g.name_key LIMIT 500`,
      [teamId, id],
    ),
    roleRules(teamId, id),
  ])
  const found = role.rows[0]
  if (!found) return undefined
  const assigned = await pool().query<{
    id: string
    user_name: string
    display_name: string | null
    active: boolean
  }>(
    `SELECT id, user_name, display_name, active FROM directory_user
     WHERE team_id = $1 AND assigned_roles && ARRAY[$2::text, $3::text]
     ORDER BY user_name_key LIMIT 200`,
    [teamId, found.name, found.id],
  )
  return {
    ...found,
    groups: groups.rows.map((row) => ({
      id: row.id,
      name: row.name,
      system: row.system ?? undefined,
      memberCount: row.member_count,
      grantedBy: row.granted_by,
      byRule: row.pattern ?? undefined,
      since: row.created_at.toISOString(),
    })),
    rules,
    assigned: assigned.rows.map((row) => ({
      id: row.id,
      userName: row.user_name,
      displayName: row.display_name ?? undefined,
      active: row.active,
    })),
  }
}

/** The groups that lead to each role, groups within them included. */
const INSIDE = `
  WITH RECURSIVE inside (role_id, group_id) AS (
    SELECT x.role_id, x.group_id FROM role_grant x WHERE x.team_id = $1
    UNION
    SELECT i.role_id, n.member_group_id FROM inside i JOIN nested_group n ON n.team_id = $1 AND n.group_id = i.group_id
  )`

const PEOPLE = `${INSIDE}
  SELECT i.role_id AS id, sum(CASE WHEN g.system = 'everyone' THEN 0 ELSE g.member_count END)::int AS people, count(*) FILTER (WHERE g.system IS DISTINCT FROM 'owners')::int AS groups,
    bool_or(g.system IS NOT DISTINCT FROM 'everyone') AS everyone, bool_or(g.system IS NOT DISTINCT FROM 'owners') AS owners
  FROM inside i JOIN directory_group g ON g.team_id = $1 AND g.id = i.group_id GROUP BY i.role_id`

const ONE_BY_ONE = `${INSIDE}
  SELECT i.role_id AS id, count(DISTINCT m.user_id)::int AS people
  FROM inside i JOIN membership m ON m.team_id = $1 AND m.group_id = i.group_id WHERE i.role_id = ANY($2) GROUP BY i.role_id`

/** Roles of no more than these are counted person by person. */
const FEW = 1_000

/** `about`: who is in several of the role's groups counts several times. */
export type People = { people: number; about: boolean }

type RolePeople = { id: string; people: number; groups: number; everyone: boolean; owners: boolean }

/**
 * How many people have each role through groups: counted where they are few, else the groups' sizes added up; all users
 * where `everyone` has it, and where `owners` has it whoever owns the team.
 */
export async function peopleOfRoles(teamId: string): Promise<Map<string, People>> {
  const { rows } = await pool().query<RolePeople>(PEOPLE, [teamId])
  const all = rows.some((row) => row.everyone) ? await countRows(teamId, 'User') : 0
  const ownersOfTeam = rows.some((row) => row.owners) ? await countOwners(teamId) : 0
  const several = rows.filter(({ people, groups, everyone }) => !everyone && groups > 1 && people <= FEW)
  const counted = new Map<string, number>()
  if (several.length > 0) {
    const found = await pool().query<{ id: string; people: number }>(ONE_BY_ONE, [
      teamId,
      several.map(({ id }) => id),
    ])
    for (const { id } of several) counted.set(id, 0)
    for (const { id, people } of found.rows) counted.set(id, people)
  }
  return new Map(
    rows.map(({ id, people, groups, everyone, owners }) => {
      const more = owners ? ownersOfTeam : 0
      if (everyone) return [id, { people: all + more, about: false }]
      const exactly = counted.get(id)
      return [id, { people: (exactly ?? people) + more, about: exactly === undefined && groups > 1 }]
    }),
  )
}
