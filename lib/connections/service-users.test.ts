import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { aMember, aTeam, type TestTeam } from '#tests/oauth-world'
import { authenticate } from './authenticate.ts'
import { createServiceUser } from './create-service-user.ts'
import { deleteServiceUser } from './delete-service-user.ts'
import { expireToken } from './expire-token.ts'
import { listServiceUsers } from './list-service-users.ts'
import { renameServiceUser } from './rename-service-user.ts'
import { MOST_LIVE_TOKENS, rotateStaticToken } from './rotate-static-token.ts'
import { serviceUserDetail } from './service-user-detail.ts'
import { setServiceUserDisabled } from './set-service-user-disabled.ts'

await testDatabase()
const DAY = 86_400_000
const actor = { kind: 'operator', name: 'operator' } as const
const now = Date.now()
let acme: TestTeam
let other: TestTeam
let count = 0

beforeAll(async () => {
  acme = await aTeam('Acme', await aMember())
  other = await aTeam('Other', await aMember())
})

async function made() {
  const name = `sync-${++count}`
  const { serviceUser, token, connection } = await createServiceUser({
    teamId: acme.id,
    name,
    createdBy: 'operator',
    now,
  })
  return {
    name,
    token,
    connectionId: connection.id,
    given: { teamId: acme.id, serviceUserId: serviceUser.id, actor, now },
  }
}

/** What a request with this credential meets at a moment: `ok`, or the reason of its refusal. */
async function meets(authorization: string, at = now): Promise<string> {
  const answer = await authenticate(authorization, at)
  return 'caller' in answer ? 'ok' : answer.refusal.reason
}
const bearer = (token: string) => `Bearer ${token}`
const basic = (name: string, token: string) => `Basic ${Buffer.from(`${name}:${token}`).toString('base64')}`

describe('rotating a token', () => {
  test('makes a new one now; the old one works for 2 days more, and not a moment longer', async () => {
    const { token, given } = await made()
    const rotated = await rotateStaticToken(given)
    expect(rotated.othersLive).toBe(1)
    for (const each of [token, rotated.token]) expect(await meets(bearer(each))).toBe('ok')
    expect(await meets(bearer(token), now + 2 * DAY - 1)).toBe('ok')
    expect(await meets(bearer(token), now + 2 * DAY)).toBe('expired')
    expect(await meets(bearer(rotated.token), now + 900 * DAY)).toBe('ok')
  })

  test('ends the old one at the chosen time, or now; the new one when it was told to', async () => {
    const { token, given } = await made()
    const next = await rotateStaticToken({
      ...given,
      othersEndAt: new Date(now + 5 * DAY),
      expiresAt: new Date(now + 90 * DAY),
    })
    expect(await meets(bearer(token), now + 5 * DAY - 1)).toBe('ok')
    expect(await meets(bearer(token), now + 5 * DAY)).toBe('expired')
    expect(await meets(bearer(next.token), now + 90 * DAY)).toBe('expired')
    const last = await rotateStaticToken({ ...given, othersEndAt: new Date(now) })
    for (const each of [token, next.token]) expect(await meets(bearer(each))).toBe('expired')
    expect(await meets(bearer(last.token))).toBe('ok')
  })

  test('never lengthens what was to end sooner', async () => {
    const { token, given } = await made()
    await rotateStaticToken({ ...given, othersEndAt: new Date(now + DAY) })
    await rotateStaticToken({ ...given, othersEndAt: new Date(now + 30 * DAY) })
    expect(await meets(bearer(token), now + DAY)).toBe('expired')
  })

  test('keeps to a few live tokens, also when many are asked for at once', async () => {
    const { given } = await made()
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => rotateStaticToken(given)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(MOST_LIVE_TOKENS - 1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' })
    expect((await serviceUserDetail(acme.id, given.serviceUserId, now))?.tokens).toHaveLength(
      MOST_LIVE_TOKENS,
    )
  })

  test.each([
    ['an end of the old one in the past', { othersEndAt: new Date(now - 3 * DAY) }],
    ['an end of the old one in a year', { othersEndAt: new Date(now + 365 * DAY) }],
    ['an end that is no time', { othersEndAt: new Date('never') }],
    ['a new one that has ended', { expiresAt: new Date(now - DAY) }],
  ])('refuses %s, and changes nothing', async (_, times) => {
    const { token, given } = await made()
    await expect(rotateStaticToken({ ...given, ...times })).rejects.toMatchObject({ code: 'invalid' })
    expect(await meets(bearer(token), now + 900 * DAY)).toBe('ok')
  })
})

test('one token is ended now, the others go on; ended twice it is not found', async () => {
  const { token, given } = await made()
  const rotated = await rotateStaticToken(given)
  const { tokens = [] } = (await serviceUserDetail(acme.id, given.serviceUserId, now)) ?? {}
  const old = tokens.find(({ hint }) => hint === token.slice(-4))
  const end = () => expireToken({ ...given, tokenId: old?.id ?? '' })
  await end()
  expect(await meets(bearer(token))).toBe('expired')
  expect(await meets(bearer(rotated.token))).toBe('ok')
  await expect(end()).rejects.toMatchObject({ code: 'not_found' })
})

describe('renaming', () => {
  test('keeps tokens; Basic goes by the new name from then on', async () => {
    const { name, token, given } = await made()
    expect(await meets(basic(name.toUpperCase(), token))).toBe('ok')
    expect(await renameServiceUser({ ...given, name: `  Renamed-${count} ` })).toEqual({
      name: `renamed-${count}`,
    })
    expect(await meets(bearer(token))).toBe('ok')
    expect(await meets(basic(`renamed-${count}`, token))).toBe('ok')
    expect(await meets(basic(name, token))).toBe('unknown')
  })

  test('refuses a name in use or unfit, with one that is free', async () => {
    const [one, two] = [await made(), await made()]
    const taken = await renameServiceUser({ ...two.given, name: one.name }).catch(
      (cause: DomainError) => cause,
    )
    expect(taken).toMatchObject({ code: 'conflict' })
    const free = taken instanceof DomainError ? (taken.suggestion ?? '') : ''
    expect(await renameServiceUser({ ...two.given, name: free })).toEqual({ name: free })
    await expect(renameServiceUser({ ...two.given, name: 'Admin' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

test('disabled, every request is refused from the next one on; enabled, the same tokens work again', async () => {
  const { token, given } = await made()
  await setServiceUserDisabled({ ...given, disabled: true })
  expect(await meets(bearer(token))).toBe('disabled')
  await expect(rotateStaticToken(given)).rejects.toMatchObject({ code: 'conflict' })
  await setServiceUserDisabled({ ...given, disabled: false })
  expect(await meets(bearer(token))).toBe('ok')
})

test('deleted, its tokens and its connection end, its name stays taken, and it is listed no more', async () => {
  const { name, token, connectionId, given } = await made()
  await deleteServiceUser(given)
  expect(await meets(bearer(token))).toBe('revoked')
  expect((await listServiceUsers(acme.id, now)).map((each) => each.name)).not.toContain(name)
  expect(await serviceUserDetail(acme.id, given.serviceUserId, now)).toBeUndefined()
  const { rows } = await pool().query('SELECT disconnected_at FROM connection WHERE id = $1', [connectionId])
  expect(rows[0].disconnected_at).not.toBeNull()
  await expect(createServiceUser({ teamId: acme.id, name, createdBy: 'operator' })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(deleteServiceUser(given)).rejects.toMatchObject({ code: 'not_found' })
})

test('another team finds none of it, and changes none of it', async () => {
  const { token, given } = await made()
  const foreign = { ...given, teamId: other.id }
  expect(await serviceUserDetail(other.id, given.serviceUserId, now)).toBeUndefined()
  const acts = [
    () => rotateStaticToken(foreign),
    () => renameServiceUser({ ...foreign, name: 'stolen' }),
    () => setServiceUserDisabled({ ...foreign, disabled: true }),
    () => deleteServiceUser(foreign),
    () => expireToken({ ...foreign, tokenId: newId() }),
  ]
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'not_found' })
  expect(await meets(bearer(token))).toBe('ok')
})

test('each change stands in the activity log with who made it', async () => {
  const { given } = await made()
  await rotateStaticToken(given)
  await renameServiceUser({ ...given, name: `logged-${count}` })
  await setServiceUserDisabled({ ...given, disabled: true })
  await deleteServiceUser(given)
  const { rows } = await pool().query(
    'SELECT action, actor_name FROM activity_event WHERE team_id = $1 AND resource_id = $2 ORDER BY id',
    [acme.id, given.serviceUserId],
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'service_user.create',
    'token.rotate',
    'service_user.rename',
    'service_user.disable',
    'service_user.delete',
  ])
})
