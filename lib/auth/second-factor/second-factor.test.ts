import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { checkPassword } from '../check-password.ts'
import { createMember } from '../members/create-member.ts'
import { resetPassword } from '../members/reset-password.ts'
import { makeRecoveryLink, RECOVERY_HOURS } from '../recovery/make-recovery-link.ts'
import { findRecovery, recoverAccount } from '../recovery/recover-account.ts'
import { beginSession, readSession } from '../session.ts'
import type { SignedIn } from '../signed-in.ts'
import { beginEnrolment } from './begin-enrolment.ts'
import { disableSecondFactor, renewRecoveryCodes } from './change-second-factor.ts'
import { enableSecondFactor } from './enable-second-factor.ts'
import { totpCode, totpStep } from './totp.ts'

await testDatabase()
const PASSWORD = 'seven tidy herons wade'
const STEP_MS = 30_000
const start = Date.now()
let member: SignedIn
let secret: string
let recoveryCodes: string[]
let count = 0

const codeAt = (now: number) => totpCode(secret, totpStep(now))

async function session(): Promise<string> {
  const origin = { ip: '192.0.2.1', userAgent: null }
  const opened = { memberId: member.memberId, method: 'password', authenticatedAt: new Date(start) } as const
  return beginSession(opened, origin, Date.now())
}

/** The first step, then the second one with this code. */
async function signIn(code: string, now: number, password = PASSWORD) {
  const from = { cookies: {}, ip: `192.0.2.${(count % 200) + 1}` }
  const first = await checkPassword({ email: member.email, password }, from, now)
  if (first.ok || !('secondStep' in first.failure)) return first
  return checkPassword({ secondStep: first.failure.secondStep, code }, from, now)
}

beforeAll(async () => {
  process.env.MUSTER_SECRET = 'a secret of the tests, long enough to be one'
  await pool().query(
    `INSERT INTO team (id, slug, name, updated_at) VALUES (gen_random_uuid(), 'acme', 'Acme', now())`,
  )
})
beforeEach(async () => {
  const email = `person${++count}@example.com`
  const { memberId } = await createMember({ teamSlug: 'acme', email, role: 'owner', password: PASSWORD })
  member = {
    memberId,
    email,
    name: email,
    sessionId: newId(),
    method: 'password',
    reauthenticatedAt: new Date(start),
  }
  const enrolment = beginEnrolment(member, start)
  secret = enrolment.secret
  const typed = { sealed: enrolment.sealed, code: codeAt(start) }
  recoveryCodes = (await enableSecondFactor(member, typed, start)).recoveryCodes
})

describe('two-step sign-in', () => {
  it('asks for a code, takes the next one of the app, and takes each once, also of two at the same moment', async () => {
    expect(
      await checkPassword({ email: member.email, password: PASSWORD }, { cookies: {}, ip: '::1' }, start),
    ).toMatchObject({
      ok: false,
      failure: { reason: 'code_required' },
    })
    expect(await signIn(codeAt(start), start)).toMatchObject({ failure: { reason: 'code_wrong' } })
    const next = start + STEP_MS
    const both = await Promise.all([signIn(codeAt(next), next), signIn(codeAt(next), next)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('takes a recovery code in place of the app, once, however it is typed', async () => {
    const [code = ''] = recoveryCodes
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')}`
    const both = await Promise.all([signIn(typed, start), signIn(typed, start)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(recoveryCodes).toHaveLength(10)
  })

  it('slows down who guesses codes, and lets the owner in again later', async () => {
    for (let n = 0; n < 8; n++) await signIn('000000', start)
    expect(await signIn('000000', start)).toMatchObject({ failure: { reason: 'throttled' } })
    const later = start + 20 * 60_000
    expect(await signIn(codeAt(later), later)).toMatchObject({ ok: true })
  })

  it('is not turned on by a wrong code, by another member, or after its page was open for too long', async () => {
    const fresh = { ...member, memberId: newId() }
    const { sealed } = beginEnrolment(fresh, start)
    await expect(enableSecondFactor(fresh, { sealed, code: '000000' }, start)).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(enableSecondFactor(member, { sealed, code: '000000' }, start)).rejects.toMatchObject({
      code: 'gone',
    })
    await expect(
      enableSecondFactor(fresh, { sealed, code: '000000' }, start + 60 * 60_000),
    ).rejects.toMatchObject({ code: 'gone' })
  })

  it('is turned off, and given new recovery codes, only with a code', async () => {
    await expect(disableSecondFactor(member, '000000', start)).rejects.toMatchObject({ code: 'forbidden' })
    const next = start + STEP_MS
    const renewed = await renewRecoveryCodes(member, codeAt(next), next)
    expect(await signIn(recoveryCodes[0] as string, next)).toMatchObject({
      failure: { reason: 'code_wrong' },
    })
    await disableSecondFactor(member, renewed.recoveryCodes[0] as string, next)
    expect(await signIn('', next)).toMatchObject({ ok: true })
    const { rows } = await pool().query(
      `SELECT summary FROM activity_event WHERE resource_id = $1 AND action LIKE 'account.%' ORDER BY id`,
      [member.memberId],
    )
    expect(rows.map(({ summary }) => summary)).toEqual([
      'turned two-step sign-in on',
      'made new recovery codes',
      'turned two-step sign-in off',
    ])
  })

  it('signs other browsers out when it is turned on', async () => {
    await disableSecondFactor(member, recoveryCodes[0] as string, start)
    const [here, there] = [await session(), await session()]
    const enrolment = beginEnrolment(member, start)
    secret = enrolment.secret
    const typed = { sealed: enrolment.sealed, code: codeAt(start) }
    await enableSecondFactor({ ...member, sessionId: here }, typed, start)
    expect((await readSession(here, Date.now())).member).toBeDefined()
    expect((await readSession(there, Date.now())).member).toBeUndefined()
  })
})

describe('a recovery link', () => {
  const NEXT = 'eight brisk otters swim'
  const link = async (dropsSecondFactor: boolean, now = start) => {
    const made = await makeRecoveryLink({ email: member.email.toUpperCase(), dropsSecondFactor }, now)
    return made.url.split('/').at(-1) as string
  }

  it('sets a password once, also for two at the same moment, signs out everywhere, and keeps the second step', async () => {
    const open = await session()
    const token = await link(false)
    const results = await Promise.allSettled([
      recoverAccount(token, NEXT, start),
      recoverAccount(token, NEXT, start),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(recoverAccount(token, NEXT, start)).rejects.toMatchObject({ code: 'gone' })
    expect((await readSession(open, Date.now())).member).toBeUndefined()
    const next = start + STEP_MS
    expect(await signIn(codeAt(next), next)).toMatchObject({ failure: { reason: 'credentials' } })
    expect(await signIn(codeAt(next), next, NEXT)).toMatchObject({ ok: true })
  })

  it('turns the second step off when it was made to', async () => {
    await recoverAccount(await link(true), NEXT, start)
    expect(await signIn('', start, NEXT)).toMatchObject({ ok: true })
  })

  it('ends by time, by a newer one, and changes nothing before it is used', async () => {
    const first = await link(true)
    expect(await findRecovery(first, start + RECOVERY_HOURS * 3_600_000 + 1)).toBeUndefined()
    const second = await link(false)
    expect(await findRecovery(first, start)).toBeUndefined()
    expect(await findRecovery(second, start)).toMatchObject({ email: member.email, keepsSecondFactor: true })
    const next = start + STEP_MS
    expect(await signIn(codeAt(next), next)).toMatchObject({ ok: true })
  })

  it('is over once the operator gave a new password, which the teams are told', async () => {
    const token = await link(false)
    await resetPassword({ email: member.email, password: NEXT }, start)
    expect(await findRecovery(token, start)).toBeUndefined()
    const { rows } = await pool().query(
      "SELECT actor_kind, summary FROM activity_event WHERE action = 'account.password'",
    )
    expect(rows).toEqual([
      {
        actor_kind: 'operator',
        summary: `gave ${member.email} a new password and signed them out everywhere`,
      },
    ])
  })

  it('refuses a weak password and stays open', async () => {
    const token = await link(false)
    await expect(recoverAccount(token, 'password1234', start)).rejects.toMatchObject({ code: 'invalid' })
    expect(await findRecovery(token, start)).toBeDefined()
  })

  it('is made for nobody who does not exist', async () => {
    const nobody = { email: 'nobody@example.com', dropsSecondFactor: false }
    await expect(makeRecoveryLink(nobody, start)).rejects.toMatchObject({ code: 'not_found' })
  })
})
