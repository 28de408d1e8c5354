import { GROUP_SCHEMA } from '#lib/scim/schema/urns'
import { extensionsOf } from './extensions-of.ts'
import type { Column, FilterTarget } from './filter-target.ts'
import type { TargetOptions } from './user-filter-target.ts'

const UNIQUE = new Set(['id', 'displayName'])

/**
 * Filters over `directory_group g`. The query around it must itself say `g.team_id = <team>`. Members are those
 * that the directory knows: a member that is still unresolved is not shown and not found.
 */
export function groupFilterTarget({ team, baseUrl }: TargetOptions): FilterTarget {
  const columns = new Map<string, Column>([
    ['id', { kind: 'uuid', column: 'g.id' }],
    ['displayName', { kind: 'text', column: 'g.display_name', key: 'g.name_key' }],
    ['externalId', { kind: 'text', column: 'g.external_id' }],
    ['meta.created', { kind: 'time', column: 'g.created_at' }],
    ['meta.lastModified', { kind: 'time', column: 'g.updated_at' }],
    ['meta.version', { kind: 'expression', write: () => `('W/"' || g.version || '"')` }],
    ['meta.resourceType', { kind: 'expression', write: () => `'Group'::text` }],
    [
      'meta.location',
      { kind: 'expression', write: (params) => `(${params.add(baseUrl)}::text || '/Groups/' || g.id)` },
    ],
    ['schemas', extensionsOf('g.doc', GROUP_SCHEMA)],
    [
      'members',
      {
        kind: 'rows',
        rows: {
          write: (params) => {
            const base = params.add(baseUrl)
            return `select mu.id::text as value, coalesce(mu.display_name, mu.user_name) as display, 'User' as type,
                ${base}::text || '/Users/' || mu.id as ref
              from membership m join directory_user mu on mu.team_id = m.team_id and mu.id = m.user_id
              where m.team_id = ${team} and m.group_id = g.id
              union all
              select ng.id::text, ng.display_name, 'Group', ${base}::text || '/Groups/' || ng.id
              from nested_group n join directory_group ng on ng.team_id = n.team_id and ng.id = n.member_group_id
              where n.team_id = ${team} and n.group_id = g.id`
          },
          hasValue: (id) => `g.id in (
            select m.group_id from membership m where m.team_id = ${team} and m.user_id = ${id}::uuid
            union all
            select n.group_id from nested_group n where n.team_id = ${team} and n.member_group_id = ${id}::uuid)`,
        },
      },
    ],
  ])
  return { doc: 'g.doc', columns, unique: UNIQUE }
}
