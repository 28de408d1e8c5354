import type { ResolvedFilter } from '#lib/scim/filter/resolved-filter'
import type { FilterTarget } from '../filter-target.ts'
import { isIndexed, ORDERED, RANGES } from '../is-indexed.ts'

/**
 * How far a filter reaches, as far as its form tells. `one`: a unique index finds the row or none. `few`: an index finds
 * hit after hit without passing anybody over: values that people have for themselves, or one piece of an order. `active`:
 * all users, or all deactivated ones. `group`: the members of groups, whom an index finds, ten or a hundred thousand, and a
 * few others. `free`: whatever the client wants.
 * `prepared`: its statement is one of a few and worth preparing: the filter is one equality or, of `few`, made of nothing
 * but values that people have for themselves and pieces of an order.
 */
export type Reach =
  | { kind: 'all' }
  | { kind: 'one'; prepared: boolean }
  | { kind: 'few'; prepared: boolean; ordered: readonly (string | undefined)[] }
  | { kind: 'active'; active: boolean }
  | { kind: 'group' }
  | { kind: 'free'; prepared: boolean }

const PERSONAL = new Set(['externalId', 'emails.value', 'displayName'])
/** One of these alone thousands may share; together an index finds them. */
const NAMES = ['name.familyName', 'name.givenName']
const GROUP = new Set(['groups.value'])
const SIDE_BY_SIDE = new Set(['eq', 'sw', ...RANGES])
/** Its order is another table's: how few change lately has to be seen by the planner, or it joins both in whole. */
const JOINED = 'meta.lastModified'
/** More branches than these are no faster one by one. */
const MAX_BRANCHES = 20
/** Of more branches than these there are too many statements to prepare them. */
const PLAIN_BRANCHES = 3

export function reachOf(filter: ResolvedFilter, target: FilterTarget): Reach {
  const prepared = filter.kind === 'compare' && filter.operator === 'eq'
  if (finds(filter, target.unique)) return { kind: 'one', prepared }
  const personal = new Set([...target.unique, ...PERSONAL])
  const isFew = (branch: ResolvedFilter) => finds(branch, personal) || findsName(branch) || isPiece(branch)
  const branches = branchesOf(filter)
  if (branches.every(isFew)) {
    const plain = branches.length <= PLAIN_BRANCHES && branches.every((each) => isPlain(each, personal))
    // The order is that of the index which holds the piece: no other index is to be gone through in the hope of hits.
    const ordered = branches.map((branch) => (isOneByOne(branch, personal) ? undefined : pieceOf(branch)))
    return { kind: 'few', prepared: plain, ordered }
  }
  if (filter.kind === 'compare' && filter.attribute.path === 'active' && filter.operator === 'eq')
    if (typeof filter.value === 'boolean') return { kind: 'active', active: filter.value }
  if (branches.every((branch) => isFew(branch) || isMembers(branch))) return { kind: 'group' }
  return { kind: 'free', prepared: prepared && isIndexed(filter) }
}

/** Whether the filter asks one of the attributes for one value. */
function finds(filter: ResolvedFilter, attributes: ReadonlySet<string>): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.some((operand) => finds(operand, attributes))
    case 'values':
      return finds(filter.filter, attributes)
    case 'compare':
      return (
        filter.operator === 'eq' && typeof filter.value === 'string' && attributes.has(filter.attribute.path)
      )
    default:
      return false
  }
}

function isMembers(filter: ResolvedFilter): boolean {
  return filter.kind !== 'and' && finds(filter, GROUP)
}

/** The one group whose members a filter asks for, and nothing else of them. */
export function groupAskedFor(filter: ResolvedFilter): string | undefined {
  if (filter.kind === 'values') return groupAskedFor(filter.filter)
  return filter.kind === 'compare' && isMembers(filter) ? String(filter.value) : undefined
}

function isOneByOne(filter: ResolvedFilter, personal: ReadonlySet<string>): boolean {
  return finds(filter, personal) || pieceOf(filter) === JOINED
}

/** Whether nothing but values that an index finds is asked, so that one plan suits all of them. */
function isPlain(filter: ResolvedFilter, personal: ReadonlySet<string>): boolean {
  if (filter.kind === 'compare' && finds(filter, personal)) return true
  if (isPiece(filter)) return pieceOf(filter) !== JOINED
  return filter.kind === 'and' && filter.operands.length === NAMES.length && findsName(filter)
}

function isPiece(filter: ResolvedFilter): boolean {
  return pieceOf(filter) !== undefined
}

/** The attribute of which one index in order holds all hits side by side, and nobody else between them. */
function pieceOf(filter: ResolvedFilter): string | undefined {
  const operands = filter.kind === 'and' ? filter.operands : [filter]
  const bounds = operands.filter((operand) => !isDeactivated(operand))
  const paths = bounds.map((bound) =>
    bound.kind === 'compare' && typeof bound.value === 'string' && SIDE_BY_SIDE.has(bound.operator)
      ? bound.attribute.path
      : undefined,
  )
  const [path] = paths
  // Deactivated users have an index of their own, by userName.
  const held = bounds.length === operands.length ? ORDERED.has(path ?? '') : path === 'userName'
  return held && paths.every((each) => each === path) ? path : undefined
}

function isDeactivated(filter: ResolvedFilter): boolean {
  return (
    filter.kind === 'compare' &&
    filter.attribute.path === 'active' &&
    filter.operator === 'eq' &&
    filter.value === false
  )
}

function findsName(filter: ResolvedFilter): boolean {
  return (
    filter.kind === 'and' &&
    NAMES.every((name) => filter.operands.some((operand) => finds(operand, new Set([name]))))
  )
}

/**
 * The filter as alternatives: an `or` whose operands have an index each is asked one index after the other, because no
 * plan of one statement combines every kind of them. One branch, the filter itself, where that does not help.
 */
export function branchesOf(filter: ResolvedFilter): readonly ResolvedFilter[] {
  const branches = split(filter)
  return branches.length <= MAX_BRANCHES ? branches : [filter]
}

function split(filter: ResolvedFilter): readonly ResolvedFilter[] {
  if (!isIndexed(filter)) return [filter]
  if (filter.kind === 'or') return filter.operands.flatMap(split)
  if (filter.kind !== 'and' || filter.operands.some((each) => each.kind !== 'or' && isIndexed(each)))
    return [filter]
  const choice = filter.operands.find(isIndexed)
  const others = filter.operands.filter((each) => each !== choice)
  return choice
    ? split(choice).map((each) => ({ kind: 'and', operands: [each, ...others] }) as const)
    : [filter]
}
