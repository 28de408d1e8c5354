import { expect, test } from 'vitest'
import { NIL_ID, newId } from '#lib/platform/ids'
import { isKept, KEPT_A_MINUTE } from './anonymous-exchanges.ts'

const at = 1_800_000_000_000
const accepted = { at, kind: 'oauth', errorType: null, connectionId: null } as const
const keptOf = (exchange: Parameters<typeof isKept>[0]) =>
  Array.from({ length: KEPT_A_MINUTE + 50 }, () => isKept(exchange)).filter(Boolean).length

test('who has no credentials cannot fill the disk, and who has them is always recorded', () => {
  const stranger = { ...accepted, teamId: NIL_ID }
  expect(keptOf(stranger)).toBe(KEPT_A_MINUTE)
  expect(keptOf({ ...accepted, teamId: newId() })).toBe(KEPT_A_MINUTE + 50)
  expect(isKept({ ...stranger, at: at + 60_000 })).toBe(true)
})

test('a client’s id, which is no secret, fills the disk no more, and hides no other team’s refusals', () => {
  const refused = { ...accepted, errorType: 'invalid_client' }
  const [one, other] = [newId(), newId()]
  expect(keptOf({ ...refused, teamId: one })).toBe(KEPT_A_MINUTE)
  expect(isKept({ ...refused, teamId: other })).toBe(true)
  expect(isKept({ ...refused, teamId: one, connectionId: newId() })).toBe(true)
})
