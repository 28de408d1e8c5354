import type { AuthOptions } from 'next-auth'
import type { Provider } from 'next-auth/providers/index'
import { env } from '#lib/platform/env'
import { logger } from '#lib/platform/logger'
import { checkPassword, type PasswordFailure } from './check-password.ts'
import type { RequestOrigin } from './client-of-request.ts'
import {
  type CookieSetting,
  type Cookies,
  cookieOptions,
  freshCookieName,
  linkCookieName,
  sessionCookieName,
} from './cookies.ts'
import { askedFresh, authenticatedAt, isStale } from './fresh-proof.ts'
import { type OidcProfile, oidcProvider } from './oidc-provider.ts'
import { linkIdentity, resolveOidc } from './resolve-oidc.ts'
import { safeNext } from './safe-next.ts'
import { sealUntil, unsealUntil } from './sealed.ts'
import { musterSecret } from './secret.ts'
import {
  beginSession,
  endSession,
  LONGEST_DAYS,
  memberOfCookies,
  readSession,
  sessionIdOf,
} from './session.ts'

/** One request's dealings with next-auth: what it came with, and what came out beside next-auth's own answer. */
export type AuthTurn = {
  cookies: Cookies
  origin: RequestOrigin
  now: number
  setCookies: CookieSetting[]
  failure?: PasswordFailure
}

type PendingLink = { memberId: string; issuer: string; subject: string }
const LINK_MINUTES = 10

/**
 * next-auth with a token that names a session row and carries nothing else: the row decides, on every request.
 * Options are made per request, since throttling and sessions need its address.
 */
export function nextAuthOptions(turn: AuthTurn): AuthOptions {
  const oidc = oidcProvider()
  return {
    secret: musterSecret(),
    session: { strategy: 'jwt', maxAge: LONGEST_DAYS * 24 * 60 * 60 },
    useSecureCookies: env().PUBLIC_URL.startsWith('https://'),
    cookies: { sessionToken: { name: sessionCookieName(), options: cookieOptions() } },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-out' },
    providers: [passwordProvider(turn), ...(oidc ? [oidc] : [])],
    callbacks: {
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url
        return baseUrl + safeNext(path)
      },
      signIn: async ({ user, account, profile }) => {
        if (account?.type !== 'oauth') return true
        return signInWithOidc(turn, user, profile as OidcProfile)
      },
      jwt: async ({ token, user, account, profile }) => {
        if (user) {
          const authTime = (profile as OidcProfile | undefined)?.auth_time
          const oidc = account?.type === 'oauth'
          const sessionId = await beginSession(
            {
              memberId: user.id,
              method: oidc ? 'oidc' : 'password',
              authenticatedAt: oidc
                ? authenticatedAt(authTime, askedFresh(turn.cookies, turn.now), turn.now)
                : new Date(turn.now),
              replaces: await sessionIdOf(turn.cookies),
            },
            turn.origin,
            turn.now,
          )
          return { sid: sessionId }
        }
        const alive =
          typeof token.sid === 'string' ? (await readSession(token.sid, turn.now)).member : undefined
        if (!alive) throw new Error('the session has ended')
        return { sid: token.sid, name: alive.name, email: alive.email }
      },
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { name: token.name, email: token.email },
      }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await endSession(token.sid, turn.now)
      },
    },
    logger: {
      error: (code, detail) => logger().warn({ code, cause: causeOf(detail) }, 'sign-in did not work'),
      warn: (code) => logger().debug({ code }, 'next-auth warning'),
      debug: () => {},
    },
  }
}

function passwordProvider(turn: AuthTurn): Provider {
  return {
    id: 'credentials',
    name: 'Email and password',
    type: 'credentials',
    credentials: {},
    authorize: async (typed) => {
      const result = await checkPassword(
        (typed ?? {}) as Record<string, string>,
        { cookies: turn.cookies, ip: turn.origin.ip },
        turn.now,
      )
      if (!result.ok) {
        turn.failure = result.failure
        return null
      }
      if (result.device) turn.setCookies.push(result.device)
      const link = unsealUntil<PendingLink>('link', turn.cookies[linkCookieName()], turn.now)
      if (link?.memberId === result.memberId) await linkIdentity(link.memberId, link.issuer, link.subject)
      if (link) turn.setCookies.push({ name: linkCookieName(), value: '', maxAgeSeconds: 0 })
      return { id: result.memberId }
    },
  } as Provider
}

/** True to go on, or where to go instead. */
async function signInWithOidc(
  turn: AuthTurn,
  user: { id: string },
  claims: OidcProfile,
): Promise<true | string> {
  const asked = askedFresh(turn.cookies, turn.now)
  if (asked) turn.setCookies.push({ name: freshCookieName(), value: '', maxAgeSeconds: 0 })
  if (isStale(claims.auth_time, asked, turn.now)) return '/sign-in?error=stale&again=1'
  const result = await resolveOidc(claims, await memberOfCookies(turn.cookies, turn.now), turn.now)
  if (result.kind === 'refused') return `/sign-in?error=${result.reason}`
  if (result.kind === 'confirm') {
    const link: PendingLink = { memberId: result.memberId, issuer: claims.iss, subject: claims.sub }
    turn.setCookies.push({
      name: linkCookieName(),
      value: sealUntil('link', link, turn.now + LINK_MINUTES * 60_000),
      maxAgeSeconds: LINK_MINUTES * 60,
    })
    return '/sign-in?error=confirm_link'
  }
  user.id = result.memberId
  return true
}

function causeOf(detail: unknown): string {
  const error = (detail as { error?: Error })?.error ?? (detail as Error)
  return error instanceof Error ? error.message : 'unknown'
}
