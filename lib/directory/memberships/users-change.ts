import type { Deed } from '#lib/activity/recorder'
import type { Write } from '../write.ts'

/** One request that adds users to a group, or removes them. */
export type UsersChange = {
  write: Write
  groupId: string
  userIds: string[]
  /** What the statement has to ask for (`permitted`): of requests that share one the same. */
  token: string | null
  deed: Deed
}
