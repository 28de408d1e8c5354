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

test('Muster’s own groups are not told to be linked', () => {
  const conflict = { status: 409, errorType: 'uniqueness', resourceType: 'Group' }
  const detail = '“owners” is the name of Muster’s own group. Rename the group in Okta, then push it again.'
  expect(explainError({ ...conflict, detail }).remedy).toContain('cannot be linked')
})

test('nobody is unassigned, and no mapping corrected, because of an address or a question', () => {
  const address = { status: 404, errorType: undefined, resourceType: undefined, method: 'GET' }
  expect(explainError(address).remedy).toContain('base URL')
  const count = { status: 400, errorType: 'invalidValue', resourceType: 'User' }
  expect(explainError({ ...count, method: 'GET' }).remedy).toContain('what was asked for')
  expect(explainError({ ...count, method: 'PATCH' }).remedy).toContain('mapping')
})

test('what the token endpoint refused is mended by authenticating, not by pushing', () => {
  const refused = { status: 400, resourceType: undefined, method: 'POST' }
  const ended = explainError({ ...refused, errorType: 'invalid_grant' })
  expect(ended).toMatchObject({ rfc: 'RFC 6749 §5.2', remedy: expect.stringMatching(/^Authenticate again/) })
  const client = explainError({ ...refused, status: 401, errorType: 'invalid_client' })
  expect(client.meaning).toContain('secret')
})
