import { DIRECTORY_USER_SCHEMA, USER_SCHEMA } from '#lib/scim/schema/urns'
import { extensionsOf } from './extensions-of.ts'
import type { Column, FilterTarget, OrderTable } from './filter-target.ts'
import { effectiveRoleRows } from './roles/effective-role-rows.ts'

export type TargetOptions = {
  /** Placeholder of the parameter that holds the team's id, e.g. `$1`. */
  readonly team: `$${number}`
  /** Base URL of the SCIM endpoints without a trailing slash, for `meta.location` and `$ref`. */
  readonly baseUrl: string
  /** Extensions that the team has taken away, in lower case. */
  readonly retired?: ReadonlySet<string>
}

const SEARCH = 'u.search_text'
const UNIQUE = new Set(['id', 'userName'])
/**
 * `directory_user` by way of the order of last changes, in whose index `changed_at` is. `place` is where the row of
 * `directory_user` is. Nothing but the ids joins the two: the planner would take equal times beside them for chance.
 */
export const USERS_BY_CHANGE =
  '(SELECT *, directory_user.ctid AS place FROM user_change JOIN directory_user USING (team_id, id))'
export const CHANGED_AT = 'u.changed_at'
const ORDERS = new Map<string, OrderTable>([
  [
    'meta.lastModified',
    { table: USERS_BY_CHANGE, alone: 'user_change', column: { kind: 'time', column: CHANGED_AT } },
  ],
])

/** The users in a group and in those within it. */
const membersOf = (team: string, groupId: string) => `with recursive down(id) as (
    select ${groupId}::uuid
    union
    select n.member_group_id from nested_group n join down on n.group_id = down.id where n.team_id = ${team})
  select distinct m.user_id as id from membership m join down on m.group_id = down.id where m.team_id = ${team}`

/** Filters over `directory_user u`. The query around it must itself say `u.team_id = <team>`. */
export function userFilterTarget({ team, baseUrl, retired }: TargetOptions): FilterTarget {
  const columns = new Map<string, Column>([
    ['id', { kind: 'uuid', column: 'u.id' }],
    ['userName', { kind: 'text', column: 'u.user_name', key: 'u.user_name_key', search: SEARCH }],
    ['externalId', { kind: 'text', column: 'u.external_id' }],
    ['displayName', { kind: 'text', column: 'u.display_name', key: 'u.display_name_key', search: SEARCH }],
    ['name.givenName', { kind: 'text', column: "(u.doc->'name'->>'givenName')", key: 'u.given_name_key' }],
    ['name.familyName', { kind: 'text', column: "(u.doc->'name'->>'familyName')", key: 'u.family_name_key' }],
    ['active', { kind: 'boolean', column: 'u.active' }],
    ['emails.value', { kind: 'keys', column: 'u.email_keys', search: SEARCH }],
    ['meta.created', { kind: 'time', column: 'u.created_at' }],
    ['meta.lastModified', { kind: 'time', column: 'u.updated_at' }],
    ['meta.version', { kind: 'expression', write: () => `('W/"' || u.version || '"')` }],
    ['meta.resourceType', { kind: 'expression', write: () => `'User'::text` }],
    [
      'meta.location',
      { kind: 'expression', write: (params) => `(${params.add(baseUrl)}::text || '/Users/' || u.id)` },
    ],
    ['schemas', extensionsOf('u.doc', USER_SCHEMA, retired)],
    [`${DIRECTORY_USER_SCHEMA}:managedBy`, { kind: 'uuid', column: 'u.managed_by' }],
    [`${DIRECTORY_USER_SCHEMA}:effectiveRoles`, { kind: 'rows', rows: effectiveRoleRows(team, baseUrl) }],
    [
      'groups',
      {
        kind: 'rows',
        rows: {
          write: (params) => `with recursive up(id, type) as (
              select m.group_id, 'direct' from membership m where m.team_id = ${team} and m.user_id = u.id
              union
              select n.group_id, 'indirect' from nested_group n join up on n.member_group_id = up.id
              where n.team_id = ${team})
            select distinct on (g.id) g.id::text as value, g.display_name as display, up.type as type,
              ${params.add(baseUrl)}::text || '/Groups/' || g.id as ref
            from up join directory_group g on g.team_id = ${team} and g.id = up.id order by g.id, up.type`,
          hasValue: (id) => `u.id in (${membersOf(team, id)})`,
          holders: (id) => membersOf(team, id),
        },
      },
    ],
  ])
  return { doc: 'u.doc', columns, unique: UNIQUE, orders: ORDERS }
}
