import { expect, test } from 'vitest'
import { NIL_ID, newId } from '#lib/platform/ids'
import { isKept, KEPT_A_MINUTE } from './anonymous-exchanges.ts'

test('who has no credentials cannot fill the disk, and who has them is always recorded', () => {
  const at = 1_800_000_000_000
  const stranger = () => isKept({ teamId: NIL_ID, at })
  const kept = Array.from({ length: KEPT_A_MINUTE + 50 }, stranger)
  expect(kept.filter(Boolean)).toHaveLength(KEPT_A_MINUTE)
  expect(isKept({ teamId: newId(), at })).toBe(true)
  expect(isKept({ teamId: NIL_ID, at: at + 60_000 })).toBe(true)
})
