import type { Recorder } from '#lib/activity/recorder'
import type { Permit } from '#lib/db/permit'

/** The circumstances of a write: whose directory, when, on whose behalf, and how it is recorded. */
export type Write = {
  teamId: string
  /** Milliseconds since 1970. */
  now: number
  /** The connection whose identity provider speaks: what it writes becomes managed by it. Null: a person, by hand. */
  connectionId: string | null
  recorder: Recorder
  /** What the first statement has to ask, where the right to write is only assumed. */
  permit?: Permit
  /** Where SCIM resources are found, e.g. `https://muster.example.com/scim/v2`: for `meta.location` and `$ref`. */
  scimBaseUrl: string
}

/** PostgreSQL's array literal of ids that are known to be UUIDs: no quoting, and one pass over a long list. */
export function uuidArray(ids: Iterable<string>): string {
  return `{${[...ids].join(',')}}`
}

/** What keeps this process's own writes of one group from waiting for each other in PostgreSQL: a key for `inTurn`. */
export function groupTurn(teamId: string, groupId: string): string {
  return `group ${teamId} ${groupId.toLowerCase()}`
}
