import { prisma } from '#lib/db/prisma-client'
import { uniqueViolation } from '#lib/db/unique-violation'
import { env } from '#lib/platform/env'
import { NIL_ID, newId } from '#lib/platform/ids'
import { admission } from './admission.ts'
import { emailKey } from './email.ts'
import type { SignedIn } from './signed-in.ts'

/** What the OpenID provider says about a person (OpenID Connect Core 1.0 §5.1). */
export type OidcClaims = {
  iss: string
  sub: string
  email?: string | undefined
  email_verified?: boolean | string | undefined
  name?: string | undefined
  auth_time?: number | undefined
}
export type OidcRefusal =
  | 'deactivated'
  | 'unknown_person'
  | 'email_unverified'
  | 'email_taken'
  | 'identity_taken'
  | 'disabled'
export type OidcResult =
  | { kind: 'member'; memberId: string }
  | { kind: 'confirm'; memberId: string } // the account's password must vouch for the link first
  | { kind: 'refused'; reason: OidcRefusal }

const refused = (reason: OidcRefusal): OidcResult => ({ kind: 'refused', reason })

/**
 * Which member an OpenID subject is. Known subjects sign in as the member they were linked to. A new one is matched by
 * its verified address; to an account that has a password it is linked only when that password (or a session it opened
 * lately) vouches for it, since whoever set the password need not own the address. Someone without an account gets one
 * when the directory or an invitation knows the address.
 */
export async function resolveOidc(
  claims: OidcClaims,
  current: SignedIn | undefined,
  now: number,
): Promise<OidcResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await resolve(claims, current, now)
    } catch (cause) {
      // Two first sign-ins at once: the second finds what the first made.
      if (attempt === 2 || uniqueViolation(cause) === undefined) throw cause
    }
  }
}

async function resolve(claims: OidcClaims, current: SignedIn | undefined, now: number): Promise<OidcResult> {
  const { iss: issuer, sub: subject } = claims
  const verified =
    claims.email_verified === true || claims.email_verified === 'true' || env().OIDC_TRUST_EMAIL
  const email = verified && claims.email?.includes('@') ? claims.email.trim() : undefined
  const identity = await prisma().oidcIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    include: { member: true },
  })
  if (identity) {
    const { member } = identity
    if (member.disabledAt) return refused('disabled')
    if (email && emailKey(email) !== member.emailKey) {
      const other = await prisma().member.findUnique({ where: { emailKey: emailKey(email) } })
      if (other) return refused('email_taken')
      await prisma().member.update({ where: { id: member.id }, data: { email, emailKey: emailKey(email) } })
    }
    return admit(member.id, email ?? member.email, now)
  }
  if (!email) return refused('email_unverified')
  const member = await prisma().member.findUnique({
    where: { emailKey: emailKey(email) },
    include: { identities: { where: { issuer } } },
  })
  if (!member) {
    const admitted = await admit(NIL_ID, email, now)
    if (admitted.kind !== 'member') return admitted
    const made = await prisma().member.create({
      data: {
        id: newId(now),
        email,
        emailKey: emailKey(email),
        name: claims.name?.trim().slice(0, 100) || email,
        identities: { create: { issuer, subject } },
      },
    })
    return { kind: 'member', memberId: made.id }
  }
  if (member.disabledAt) return refused('disabled')
  if (member.identities.length > 0) return refused('identity_taken')
  const vouched =
    current?.memberId === member.id &&
    current.method === 'password' &&
    now - current.reauthenticatedAt.getTime() < 15 * 60_000
  if (member.passwordHash && !vouched) return { kind: 'confirm', memberId: member.id }
  const admitted = await admit(member.id, email, now)
  if (admitted.kind === 'member') await linkIdentity(member.id, issuer, subject)
  return admitted
}

/** Links a subject to a member that has none of this issuer. */
export async function linkIdentity(memberId: string, issuer: string, subject: string): Promise<void> {
  const taken = await prisma().oidcIdentity.findFirst({
    where: { memberId, issuer },
    select: { subject: true },
  })
  if (!taken) await prisma().oidcIdentity.create({ data: { issuer, subject, memberId } })
}

async function admit(memberId: string, email: string, now: number): Promise<OidcResult> {
  const answer = await admission({ memberId, email }, now)
  return answer === 'admitted' ? { kind: 'member', memberId } : refused(answer)
}
