import { cookies } from 'next/headers'
import { cookieOptions, sessionCookieName } from './cookies.ts'
import { currentMember } from './require-member.ts'
import { endSession, endSessions } from './session.ts'

/** Ends this browser's session, or with `everywhere` all of the member's. For server actions. */
export async function signOutHere({ everywhere = false } = {}): Promise<void> {
  const member = await currentMember()
  if (member && everywhere) await endSessions(member.memberId, Date.now())
  else if (member)
    await endSession(member.sessionId, Date.now())
    // A `__Host-` cookie is removed only with the attributes it was set with.
  ;(await cookies()).set(sessionCookieName(), '', cookieOptions(0))
}
