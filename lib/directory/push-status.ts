import { explainError } from '#lib/activity/explain-error'

/** Okta's four words for a pushed group. */
export type PushStatus = 'active' | 'pushing' | 'error' | 'inactive'

/** What the server saw of a group's pushes. Times in milliseconds since 1970. */
export type PushFacts = {
  createdAt: number
  /** The connection that pushes it still lives; undefined: nobody pushes it. */
  connection: { live: boolean; name: string } | undefined
  lastPushAt: number | undefined
  /** When its membership was last written; a group is first created and then filled. */
  lastMembershipAt: number | undefined
  error: { at: number; status: number; detail: string } | undefined
  unresolved: number
  memberCount: number
}

export type PushState = { status: PushStatus; since: number | undefined; cause?: string; remedy?: string }

/** How long a group that was created and not yet filled counts as being pushed: Okta fills it within a second, or never. */
const PUSHING_MS = 15_000
/** A write this recent may be one of several: large groups arrive in chunks. */
const SETTLING_MS = 2_000

/**
 * The push status of a group, derived from what arrived: Okta does not tell its own. Error: the last request about the
 * group failed, and none has succeeded since. Pushing: it was created and its members are on their way. Inactive: no live
 * connection pushes it.
 */
export function pushState(facts: PushFacts, now: number): PushState {
  if (!facts.connection) return { status: 'inactive', since: undefined }
  if (!facts.connection.live)
    return {
      status: 'inactive',
      since: facts.lastPushAt,
      cause: `The connection ${facts.connection.name} is disconnected.`,
      remedy: 'Authenticate again in Okta (Provisioning → Integration), then push the group again.',
    }
  const { error, lastPushAt } = facts
  if (error && error.at >= (lastPushAt ?? 0))
    return { status: 'error', since: error.at, cause: error.detail, remedy: remedyFor(error) }
  const waiting = facts.lastMembershipAt === undefined && now - facts.createdAt < PUSHING_MS
  const arriving = lastPushAt !== undefined && now - lastPushAt < SETTLING_MS
  if (waiting || arriving) return { status: 'pushing', since: lastPushAt ?? facts.createdAt }
  if (facts.unresolved > 0)
    return {
      status: 'active',
      since: lastPushAt,
      cause: `${facts.unresolved} ${facts.unresolved === 1 ? 'member is' : 'members are'} unresolved: Okta named them, and Muster does not have them.`,
      remedy: 'Assign those people to the app in Okta, then choose Push now for the group.',
    }
  return { status: 'active', since: lastPushAt }
}

function remedyFor({ status, detail }: { status: number; detail: string }): string {
  if (status === 404 || status === 409)
    return explainError({ status, errorType: undefined, resourceType: 'Group', detail }).remedy
  if (status === 429 || status >= 500) return 'Okta tries again by itself; choose Push now to try at once.'
  return 'Open the request to see what Okta sent. Correct it in Okta, then choose Push now.'
}
