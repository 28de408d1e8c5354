import { ROLE_SCHEMA } from '#lib/scim/schema/urns'
import { extensionsOf } from './extensions-of.ts'
import type { Column, FilterTarget } from './filter-target.ts'

/** Filters over `role r`, which keeps no document: everything a role has is a column. */
export function roleFilterTarget(baseUrl: string): FilterTarget {
  const columns = new Map<string, Column>([
    ['id', { kind: 'text', column: 'r.name' }],
    ['displayName', { kind: 'text', column: 'r.display_name' }],
    ['description', { kind: 'text', column: "left(nullif(r.description, ''), 1000)" }],
    ['meta.created', { kind: 'time', column: 'r.created_at' }],
    ['meta.lastModified', { kind: 'time', column: 'r.updated_at' }],
    ['meta.resourceType', { kind: 'expression', write: () => `'Role'::text` }],
    [
      'meta.location',
      { kind: 'expression', write: (params) => `(${params.add(baseUrl)}::text || '/Roles/' || r.name)` },
    ],
    ['schemas', extensionsOf("'{}'::jsonb", ROLE_SCHEMA)],
  ])
  return { doc: "'{}'::jsonb", columns, unique: new Set(['id']) }
}
