import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { Note } from '#lib/scim/note'
import { filterToSql } from '../filter-sql.ts'
import type { FilterTarget } from '../filter-target.ts'
import { groupFilterTarget } from '../group-filter-target.ts'
import type { ListQuery } from '../list-resources.ts'
import { roleFilterTarget } from '../role-filter-target.ts'
import { type Sort, type SortForm, sortToSql } from '../sort-sql.ts'
import { userFilterTarget } from '../user-filter-target.ts'
import { commonNotes, type Everything, TYPES } from './everything.ts'

type Type = (typeof TYPES)[number]

const ROWS: Record<Type, (table: string | undefined) => string> = {
  User: (table = 'directory_user') => `u.id::text AS id, u.seq FROM ${table} u WHERE u.team_id = $1`,
  Group: () => 'g.id::text AS id, g.seq FROM directory_group g WHERE g.team_id = $1 AND g.system IS NULL',
  Role: () =>
    'r.name AS id, (extract(epoch FROM r.created_at) * 1000)::bigint AS seq FROM role r WHERE r.team_id = $1',
}

/** The resources of all types with their sort key: a statement whose rows are type, rank, key, id, seq. */
export type Union = {
  sql: string
  values: unknown[]
  form: SortForm
  descending: boolean
  name: string
  notes: readonly Note[]
}

/** The types' tables under one another, as far as the filter finds something in them. */
export function unionOf(everything: Everything, query: ListQuery): Union {
  const values: unknown[] = [everything.teamId]
  const notes: (readonly Note[])[] = []
  const parts = TYPES.map((type) => {
    const definition = everything.definitions[type]
    const target = targetOf(type, everything.scimBaseUrl, definition.retired)
    const sort = sortOf(query, type, everything, target, values.length + 1)
    values.push(...(sort?.params ?? []))
    let where = ''
    if (query.filter !== undefined && query.filter.trim() !== '') {
      const resolved = resolveFilter(parseFilter(query.filter), definition)
      const condition = filterToSql(resolved.filter, target, values.length + 1)
      values.push(...condition.params)
      notes.push(resolved.notes)
      where = ` AND (${condition.sql})`
    }
    return { type, sort, where }
  })
  const sorts = parts.map((part) => part.sort).filter((sort) => sort !== undefined)
  // The types agree on what an attribute is, but for `id`, which is a name for roles: then all keys are text.
  const forms = new Set(sorts.map((sort) => sort.form))
  const form = forms.size === 1 && !forms.has('uuid') ? (sorts[0]?.form ?? 'text') : 'text'
  const sql = parts.map(({ type, sort, where }, rank) => {
    const key = sort ? (sort.form === form ? sort.expression : `(${sort.expression})::text`) : `NULL::${form}`
    return `SELECT '${type}' AS type, ${rank} AS rank, ${key} AS key, ${ROWS[type](sort?.table)}${where}`
  })
  return {
    sql: sql.join('\nUNION ALL\n'),
    values,
    form,
    descending: sorts[0]?.descending ?? false,
    name: sorts[0]?.name ?? '',
    notes: commonNotes(notes),
  }
}

/** How one type sorts; undefined when it does not have the attribute, which at least one type must. */
function sortOf(
  { sortBy = '', sortOrder }: ListQuery,
  type: Type,
  { definitions }: Everything,
  target: FilterTarget,
  firstParam: number,
): Sort | undefined {
  try {
    return sortToSql(sortBy, sortOrder, definitions[type], target, firstParam)
  } catch (cause) {
    const elsewhere = TYPES.some((other) => {
      if (other === type) return false
      try {
        sortToSql(sortBy, sortOrder, definitions[other], targetOf(other, ''), 1)
        return true
      } catch {
        return false
      }
    })
    if (!elsewhere) throw cause
    return undefined
  }
}

function targetOf(type: Type, baseUrl: string, retired?: ReadonlySet<string>): FilterTarget {
  if (type === 'User') return userFilterTarget({ team: '$1', baseUrl, retired })
  return type === 'Group' ? groupFilterTarget({ team: '$1', baseUrl }) : roleFilterTarget(baseUrl)
}
