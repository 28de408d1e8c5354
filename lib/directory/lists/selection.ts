import { hash } from 'node:crypto'
import { parseFilter } from '#lib/scim/filter/parse-filter'
import { resolveFilter } from '#lib/scim/filter/resolve-filter'
import type { ResolvedFilter } from '#lib/scim/filter/resolved-filter'
import type { Note } from '#lib/scim/note'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import type { Counted } from '../blocks/block-sql.ts'
import { isUuid } from '../filter-predicate.ts'
import { filterToSql } from '../filter-sql.ts'
import { type FilterTarget, inOrderOf } from '../filter-target.ts'
import type { Sort } from '../sort-sql.ts'
import { branchesOf, groupAskedFor, type Reach, reachOf } from './filter-reach.ts'

/** The table that a list is read from; `$1` is the team, `$2` … are `params`. */
export type ListSource = {
  /** Of which there is a count; roles are few. */
  resource: Counted | undefined
  alias: 'u' | 'g' | 'r'
  columns: string
  table: string
  /** Where a row lies: what finds it again within the same statement. */
  place: string
  where: string
  params: unknown[]
  target: FilterTarget
  definition: ResourceDefinition
}

/** `base` is the table itself; `table` may be what stands for it. */
type BasedSource = ListSource & { base: string }

/**
 * Statements without an end, one for each branch of a filter: they find the hits, each with its place in the list (`at`) and,
 * in a list of numbers, where its row lies (`place`).
 */
export type Branches = { finds: string[]; values: unknown[] }

/** Which rows of a source a list is about. */
export type Selection = {
  teamId: string
  source: BasedSource
  reach: Reach
  /** What the list goes by: the order of arrival, or the order in which memberships are kept. */
  order: 'seq' | 'id'
  /** The whole condition, for `$1` … of `values`. */
  where: string
  values: unknown[]
  /** The table in which that condition is counted. */
  counted: string
  /** Each is answered by an index of its own, and together they find exactly the same rows. */
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
  const common = { teamId, source: { ...source, base: source.table }, key }
  if (filter === undefined || filter.trim() === '') {
    const branches = { finds: [findSql(common.source, source.where)], values }
    const all = {
      reach: { kind: 'all' },
      order: 'seq',
      where: source.where,
      values,
      counted: source.table,
    } as const
    return { ...common, ...all, branches, weighed: branches, notes: [] }
  }
  const { filter: resolved, notes } = resolveFilter(parseFilter(filter), source.definition)
  const ordered = ownOrderIn(resolved, source.target)
  const own = ordered && source.target.orders?.get(ordered)
  const asked = own
    ? { ...common.source, table: own.table, target: inOrderOf(source.target, ordered) }
    : common.source
  const reach = reachOf(resolved, source.target)
  const all = [...values]
  return {
    ...common,
    source: asked,
    reach,
    order: reach.kind === 'group' ? 'id' : 'seq',
    where: conditionOf(asked, resolved, all, { whole: true }),
    values: all,
    counted: own && asksNothingBut(ordered, resolved) ? own.alone : asked.table,
    branches: branchesFor(asked, branchesOf(resolved), values, reach),
    weighed: weighedFor(asked, branchesOf(resolved), values),
    notes,
  }
}

/** Path of a compared attribute whose order is a table of its own. */
function ownOrderIn(filter: ResolvedFilter, target: FilterTarget): string | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.map((operand) => ownOrderIn(operand, target)).find((path) => path !== undefined)
    case 'not':
      return ownOrderIn(filter.operand, target)
    case 'compare':
      return target.orders?.has(filter.attribute.path) ? filter.attribute.path : undefined
    default:
      return undefined
  }
}

function asksNothingBut(path: string, filter: ResolvedFilter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or')
    return filter.operands.every((operand) => asksNothingBut(path, operand))
  return filter.kind === 'compare' && filter.attribute.path === path
}

/** The selection as it is to be read in this order. */
export function sortedSelection(selection: Selection, { table }: Sort): Selection {
  return table ? { ...selection, source: { ...selection.source, table } } : selection
}

/** @param values  of the statement so far; those of this condition are added */
function conditionOf(
  source: ListSource,
  filter: ResolvedFilter,
  values: unknown[],
  options: { whole?: boolean; hidden?: boolean },
): string {
  const { sql, params } = filterToSql(filter, source.target, values.length + 1, options)
  values.push(...params)
  return `${source.where} AND (${sql})`
}

function branchesFor(
  source: BasedSource,
  filters: readonly ResolvedFilter[],
  first: readonly unknown[],
  reach: Reach,
): Branches {
  const values = [...first]
  const find = (filter: ResolvedFilter, at: number) => {
    if (reach.kind === 'group') return findIdsSql(source, filter, values)
    const condition = conditionOf(source, filter, values, { hidden: reach.kind === 'few' && reach.prepared })
    return findSql(source, condition, reach.kind === 'few' ? reach.ordered[at] : undefined)
  }
  return { finds: filters.map(find), values }
}

function weighedFor(
  source: BasedSource,
  filters: readonly ResolvedFilter[],
  first: readonly unknown[],
): Branches {
  const values = [...first]
  const finds = filters.map((filter) => findSql(source, conditionOf(source, filter, values, { whole: true })))
  return { finds, values }
}

/** @param ordered  path of the attribute in whose order an index finds them */
function findSql(source: BasedSource, condition: string, ordered?: string): string {
  const { alias, table, base, target } = source
  const place = table === base ? source.place : `${alias}.place`
  const column = ordered ? target.columns.get(ordered) : undefined
  const key =
    column?.kind === 'text' ? (column.key ?? column.column) : column?.kind === 'time' && column.column
  return `SELECT ${alias}.seq AS at, ${place} AS place FROM ${table} ${alias} WHERE ${condition}${key ? ` ORDER BY ${key}` : ''}`
}

function findIdsSql(source: BasedSource, filter: ResolvedFilter, values: unknown[]): string {
  const { alias, table, target } = source
  const groups = target.columns.get('groups')
  const holders = groups?.kind === 'rows' ? groups.rows.holders : undefined
  const group = groupAskedFor(filter)
  if (holders && group !== undefined && isUuid(group))
    return `SELECT id AS at FROM (${holders(`$${values.push(group)}`)}) held`
  return `SELECT ${alias}.id AS at FROM ${table} ${alias} WHERE ${conditionOf(source, filter, values, {})}`
}
