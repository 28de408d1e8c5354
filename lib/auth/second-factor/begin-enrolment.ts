import { sealUntil, unsealUntil } from '../sealed.ts'
import type { SignedIn } from '../signed-in.ts'
import { newTotpSecret, totpUri } from './totp.ts'

const PURPOSE = 'totp enrolment'
const MINUTES = 30

type Enrolment = { memberId: string; secret: string }
/** `secret`: base32, for typing; `uri`: for the QR code; `sealed`: what the form carries until a code confirms it. */
export type EnrolmentShown = { secret: string; uri: string; sealed: string }

/** A new secret for an authenticator app. Nothing is kept before a code shows that the app has it. */
export function beginEnrolment(member: SignedIn, now: number): EnrolmentShown {
  const secret = newTotpSecret()
  return shown({ memberId: member.memberId, secret }, member.email, now)
}

/** The same secret again, for a form that came back with a wrong code; undefined when it ended. */
export function continueEnrolment(
  member: SignedIn,
  sealed: string | undefined,
  now: number,
): EnrolmentShown | undefined {
  const enrolment = unsealUntil<Enrolment>(PURPOSE, sealed, now)
  return enrolment?.memberId === member.memberId ? shown(enrolment, member.email, now) : undefined
}

function shown(enrolment: Enrolment, email: string, now: number): EnrolmentShown {
  const { secret } = enrolment
  return {
    secret,
    uri: totpUri(secret, email),
    sealed: sealUntil(PURPOSE, enrolment, now + MINUTES * 60_000),
  }
}
