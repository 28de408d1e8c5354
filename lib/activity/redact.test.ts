import { expect, test } from 'vitest'
import { redactForm, redactJson, redactPath } from './redact.ts'

const MARK = 'hunter2-canary'

test('a password is never kept, wherever a body carries it', () => {
  const bodies = [
    { userName: 'a', password: MARK },
    { Operations: [{ op: 'replace', path: 'password', value: MARK }] },
    {
      Operations: [
        { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: MARK },
      ],
    },
    { Operations: [{ op: 'replace', value: { PASSWORD: MARK } }] },
    { Operations: [{ data: { nested: [{ password: { deep: MARK } }] } }] },
  ]
  for (const body of bodies) expect(redactJson(JSON.stringify(body))).not.toContain(MARK)
})

test('what holds no secret is kept as it was sent', () => {
  const text = '{ "userName":"a@x",\n "active":true }'
  expect(redactJson(text)).toBe(text)
})

test('an unreadable body that may hold a password is withheld', () => {
  expect(redactJson(`{"password":"${MARK}"`)).not.toContain(MARK)
})

test('codes, tokens and secrets of a form are not kept, the rest is', () => {
  const kept = redactForm(`grant_type=authorization_code&code=${MARK}&client_secret=${MARK}&client_id=okta`)
  expect(kept).not.toContain(MARK)
  expect(kept).toContain('grant_type=authorization_code')
  expect(kept).toContain('client_id=okta')
})

test('a token in a query is not kept', () => {
  expect(redactPath(`/scim/v2/Users?access_token=${MARK}&count=2`)).toBe(
    '/scim/v2/Users?access_token=[redacted]&count=2',
  )
  expect(redactPath('/scim/v2/Users?filter=a')).toBe('/scim/v2/Users?filter=a')
})
