import { expect, test } from 'vitest'
import { explainError } from './explain-error.ts'

test('every refusal says what it means, where that is laid down, and what to do about it', () => {
  for (const status of [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 429, 500, 503])
    for (const errorType of [undefined, 'uniqueness', 'token expired', 'toString']) {
      const { meaning, rfc, remedy } = explainError({ status, errorType, resourceType: 'User' })
      expect(meaning).toMatch(/\.$/)
      expect(rfc).toMatch(/^RFC \d+ §/)
      expect(remedy).toMatch(/\.$/)
    }
})

test('a conflict’s remedy depends on what is in conflict', () => {
  const conflict = { status: 409, errorType: 'uniqueness' }
  expect(explainError({ ...conflict, resourceType: 'Group' }).remedy).toContain('Link Group')
  expect(explainError({ ...conflict, resourceType: 'User' }).remedy).toContain('assignment')
  expect(explainError({ ...conflict, resourceType: 'Group' }).rfc).toBe('RFC 7644 §3.12')
})

test('of what Muster does not have a group is unlinked, and a person unassigned', () => {
  const missing = { status: 404, errorType: undefined }
  expect(explainError({ ...missing, resourceType: 'Group' }).remedy).toMatch(/^Unlink the group/)
  expect(explainError({ ...missing, resourceType: 'User' }).remedy).toMatch(/^Unassign the person/)
})
