import type { Column } from './filter-target.ts'

/** `schemas` is not stored: it is the core schema and the URN of every extension that `doc` has a key for. */
export function extensionsOf(doc: string, coreSchema: string): Column {
  const hasValue = () => 'false'
  return {
    kind: 'rows',
    rows: {
      write: () =>
        `select '${coreSchema}' as value union all select k from jsonb_object_keys(${doc}) as k where k like 'urn:%'`,
      hasValue,
    },
  }
}
