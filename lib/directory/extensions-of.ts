import type { Column } from './filter-target.ts'

/**
 * `schemas` of a row is the core schema and the URN of every extension that `doc` has a key for, but for those that the
 * team has taken away: what is no longer shown is not found.
 * @param retired URNs in lower case
 */
export function extensionsOf(
  doc: string,
  coreSchema: string,
  retired: ReadonlySet<string> = new Set(),
): Column {
  const hasValue = () => 'false'
  return {
    kind: 'rows',
    rows: {
      write: (params) => {
        const shown = retired.size > 0 ? ` and lower(k) <> all (${params.add([...retired])}::text[])` : ''
        return `select '${coreSchema}' as value union all select k from jsonb_object_keys(${doc}) as k where k like 'urn:%'${shown}`
      },
      hasValue,
    },
  }
}
