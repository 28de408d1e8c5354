import { cookies, headers } from 'next/headers'
import { requestOrigin } from './client-of-request.ts'
import { cookieOptions, sessionCookieName } from './cookies.ts'
import { beginSession, LONGEST_DAYS, sessionIdOf, sessionToken } from './session.ts'

/**
 * Signs this browser in as a member who has just chosen a password (set-up, invitation, recovery). The session that
 * was there before ends. For server actions.
 */
export async function openSession(memberId: string, now: number): Promise<void> {
  const jar = await cookies()
  const before = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]))
  const sessionId = await beginSession(
    {
      memberId,
      method: 'password',
      authenticatedAt: new Date(now),
      replaces: await sessionIdOf(before),
    },
    requestOrigin(await headers()),
    now,
  )
  jar.set(sessionCookieName(), await sessionToken(sessionId), cookieOptions(LONGEST_DAYS * 24 * 60 * 60))
}
