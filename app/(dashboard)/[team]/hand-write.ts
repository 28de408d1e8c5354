import type { Recorder } from '#lib/activity/recorder'
import type { Write } from '#lib/directory/write'
import { env } from '#lib/platform/env'

/** A change that a person makes by hand: nobody's connection manages what comes of it. */
export function handWrite(teamId: string, recorder: Recorder): Write {
  return { teamId, now: Date.now(), connectionId: null, recorder, scimBaseUrl: `${env().PUBLIC_URL}/scim/v2` }
}
