import type { ResolvedFilter } from '#lib/scim/filter/resolved-filter'

/** Attributes whose look-ups by value an index answers, by canonical path. */
const EQUAL = new Set([
  'id',
  'userName',
  'externalId',
  'emails.value',
  'displayName',
  'name.givenName',
  'name.familyName',
  'members.value',
  'groups.value',
  'meta.lastModified',
  'meta.created',
])
/** Those with an index in order: ranges and beginnings as well. */
export const ORDERED = new Set([
  'userName',
  'externalId',
  'displayName',
  'name.givenName',
  'name.familyName',
  'meta.lastModified',
  'meta.created',
])
/** Those with an index of trigrams: whatever contains three characters or more. */
const CONTAINED = new Set(['userName', 'displayName', 'emails.value'])
export const RANGES: ReadonlySet<string> = new Set(['gt', 'ge', 'lt', 'le'])

/** Whether an index narrows the filter down, so that its cost does not grow with the directory. */
export function isIndexed(filter: ResolvedFilter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.some(isIndexed)
    case 'or':
      return filter.operands.every(isIndexed)
    case 'values':
      return isIndexed(filter.filter)
    case 'constant':
      return !filter.value
    case 'compare': {
      const { path } = filter.attribute
      if (filter.operator === 'eq')
        return (EQUAL.has(path) && filter.value !== null) || (path === 'active' && filter.value === false)
      if (filter.operator === 'co' || filter.operator === 'ew')
        return CONTAINED.has(path) && typeof filter.value === 'string' && filter.value.length >= 3
      return ORDERED.has(path) && (filter.operator === 'sw' || RANGES.has(filter.operator))
    }
    default:
      return false
  }
}
