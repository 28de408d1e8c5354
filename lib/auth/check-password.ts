import { randomBytes } from 'node:crypto'
import { prisma } from '#lib/db/prisma-client'
import { type CookieSetting, type Cookies, deviceCookieName } from './cookies.ts'
import { emailKey } from './email.ts'
import { verifyPassword } from './password-hash.ts'
import { sealUntil, unsealUntil } from './sealed.ts'
import { checkSecondFactor } from './second-factor/check-second-factor.ts'
import { attempt, type ThrottleKey } from './throttle.ts'

const SECOND_STEP_MINUTES = 5
const DEVICE_DAYS = 180
const DAY_MS = 24 * 60 * 60 * 1000

export type Credentials = {
  email?: string
  password?: string
  /** A code of the authenticator app, or a recovery code. */
  code?: string
  /** What a first step with the right password gave, so that the second one needs the code only. */
  secondStep?: string
}
export type PasswordFailure =
  | { reason: 'credentials' }
  | { reason: 'throttled'; retryAfterSeconds: number }
  | { reason: 'code_required' | 'code_wrong'; secondStep: string }
  | { reason: 'expired' }
export type PasswordResult =
  | { ok: true; memberId: string; device?: CookieSetting | undefined }
  | { ok: false; failure: PasswordFailure }

type Device = { memberId: string; deviceId: string }

const failed = (failure: PasswordFailure): PasswordResult => ({ ok: false, failure })

/**
 * Email and password, then a code where the account asks for one. The answer to an unknown address is that to a wrong
 * password, in words and in time. Attempts are throttled by account and address; a browser that has signed in to the
 * account before has a count of its own, so that nobody can keep its owner out by guessing.
 */
export async function checkPassword(
  typed: Credentials,
  from: { cookies: Cookies; ip: string },
  now: number,
): Promise<PasswordResult> {
  const device = unsealUntil<Device>('device', from.cookies[deviceCookieName()], now)
  const memberId = typed.secondStep
    ? unsealUntil<string>('second step', typed.secondStep, now)
    : await firstStep(typed, device, from.ip, now)
  if (memberId === undefined) return failed({ reason: typed.secondStep ? 'expired' : 'credentials' })
  if (typeof memberId === 'object') return failed(memberId)
  const member = await prisma().member.findUnique({ where: { id: memberId } })
  if (!member || member.disabledAt) return failed({ reason: 'credentials' })
  if (member.totpEnabledAt) {
    const secondStep = sealUntil('second step', memberId, now + SECOND_STEP_MINUTES * 60_000)
    if (!typed.code?.trim()) return failed({ reason: 'code_required', secondStep })
    const known = device?.memberId === memberId ? device.deviceId : undefined
    const counted = await attempt([{ kind: 'code', of: known ?? memberId }], now)
    if (!counted.allowed) return failed({ reason: 'throttled', retryAfterSeconds: counted.retryAfterSeconds })
    if ((await checkSecondFactor(memberId, typed.code, now)) === 'wrong')
      return failed({ reason: 'code_wrong', secondStep })
    await counted.succeeded()
  }
  return {
    ok: true,
    memberId,
    device: device?.memberId === memberId ? undefined : newDevice(memberId, now),
  }
}

async function firstStep(
  typed: Credentials,
  device: Device | undefined,
  ip: string,
  now: number,
): Promise<string | PasswordFailure | undefined> {
  const key = emailKey(typed.email ?? '').slice(0, 254)
  const member = await prisma().member.findUnique({ where: { emailKey: key } })
  const keys: ThrottleKey[] =
    device && device.memberId === member?.id
      ? [{ kind: 'device', of: device.deviceId }]
      : [
          { kind: 'pair', of: `${key} ${ip}` },
          { kind: 'address', of: ip },
          ...((await hasSignedInFrom(member?.id, ip, now)) ? [] : [{ kind: 'account', of: key } as const]),
        ]
  const counted = await attempt(keys, now)
  if (!counted.allowed) return { reason: 'throttled', retryAfterSeconds: counted.retryAfterSeconds }
  const matches = await verifyPassword(member?.passwordHash, (typed.password ?? '').slice(0, 1000))
  if (!member || !matches || member.disabledAt) return undefined
  await counted.succeeded()
  return member.id
}

/** An address that this account has signed in from lately does not wait for what others guess elsewhere. */
async function hasSignedInFrom(memberId: string | undefined, ip: string, now: number): Promise<boolean> {
  const session = await prisma().signInSession.findFirst({
    where: {
      memberId: memberId ?? '00000000-0000-0000-0000-000000000000',
      ip,
      createdAt: { gt: new Date(now - 30 * DAY_MS) },
    },
    select: { id: true },
  })
  return session !== null && ip !== 'unknown'
}

function newDevice(memberId: string, now: number): CookieSetting {
  const device: Device = { memberId, deviceId: randomBytes(16).toString('base64url') }
  return {
    name: deviceCookieName(),
    value: sealUntil('device', device, now + DEVICE_DAYS * DAY_MS),
    maxAgeSeconds: DEVICE_DAYS * 24 * 60 * 60,
  }
}
