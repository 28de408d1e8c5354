import { hash } from 'node:crypto'
import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { ResolvedFilter } from '#lib/scim/filter/resolved-filter'
import type { Note } from '#lib/scim/note'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import type { Counted } from '../blocks/block-sql.ts'
import { filterToSql } from '../filter-sql.ts'
import type { FilterTarget } from '../filter-target.ts'
import type { Sort } from '../sort-sql.ts'
import { branchesOf, type Reach, reachOf } from './filter-reach.ts'

/** The table that a list is read from; `$1` is the team, `$2` … are `params`. */
export type ListSource = {
  /** Of which there is a count; roles are few. */
  resource: Counted | undefined
  alias: 'u' | 'g' | 'r'
  columns: string
  table: string
  where: string
  params: unknown[]
  target: FilterTarget
  definition: ResourceDefinition
}

export type Branches = { where: string[]; values: unknown[] }

/** Which rows of a source a list is about. */
export type Selection = {
  teamId: string
  source: ListSource
  reach: Reach
  /** The whole condition, for `$1` … of `values`. */
  where: string
  values: unknown[]
  /** Conditions that each have an index of their own, and that hold together for exactly the same rows. */
  branches: Branches
  /** The same as PostgreSQL is asked what they cost. */
  weighed: Branches
  notes: readonly Note[]
  /** Names the list, whoever reads it. */
  key: string
}

export function select(teamId: string, source: ListSource, filter: string | undefined): Selection {
  const values = [teamId, ...source.params]
  const key = hash('sha1', JSON.stringify([source.definition.name, filter ?? '']), 'base64url')
  const common = { teamId, source, key }
  if (filter === undefined || filter.trim() === '') {
    const branches = { where: [source.where], values }
    return {
      ...common,
      reach: { kind: 'all' },
      where: source.where,
      values,
      branches,
      weighed: branches,
      notes: [],
    }
  }
  const { filter: resolved, notes } = resolveFilter(parseFilter(filter), source.definition)
  const whole = conditions(source, [resolved], values, true)
  return {
    ...common,
    source: { ...source, table: tableOf(resolved, source.target) ?? source.table },
    reach: reachOf(resolved, source.target),
    where: whole.where[0] ?? 'false',
    values: whole.values,
    branches: conditions(source, branchesOf(resolved), values),
    weighed: conditions(source, branchesOf(resolved), values, true),
    notes,
  }
}

/** The table that one of the compared attributes is to be asked of. */
function tableOf(filter: ResolvedFilter, target: FilterTarget): string | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.map((operand) => tableOf(operand, target)).find((table) => table !== undefined)
    case 'not':
      return tableOf(filter.operand, target)
    case 'compare':
      return target.tables?.get(filter.attribute.path)
    default:
      return undefined
  }
}

/** The selection as it is to be read in this order. */
export function inOrderOf(selection: Selection, { table }: Sort): Selection {
  return table ? { ...selection, source: { ...selection.source, table } } : selection
}

function conditions(
  source: ListSource,
  filters: readonly ResolvedFilter[],
  values: readonly unknown[],
  inWhole = false,
): Branches {
  const all = [...values]
  const where = filters.map((filter) => {
    const { sql, params } = filterToSql(filter, source.target, all.length + 1, inWhole)
    all.push(...params)
    return `${source.where} AND (${sql})`
  })
  return { where, values: all }
}
