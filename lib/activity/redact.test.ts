import { expect, test } from 'vitest'
import { redactJson, redactPath, redactTokens } from './redact.ts'

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

test('an escaped name hides nothing, and neither does a search by POST', () => {
  expect(redactJson(`{"p\\u0061ssword":"${MARK}"}`)).not.toContain(MARK)
  expect(redactJson(JSON.stringify({ filter: `password eq "${MARK}"` }))).not.toContain(MARK)
  const odd = { Operations: [{ op: 'replace', path: `password[${MARK}`, value: MARK }] }
  expect(redactJson(JSON.stringify(odd))).not.toContain(MARK)
  expect(redactJson('{"path":"password","value":"x"}')).toBe('{"path":"password","value":"[redacted]"}')
})

test('a token of ours is known by its shape, wherever it was pasted', () => {
  const token = `mst_st_${'a'.repeat(71)}`
  expect(redactJson(JSON.stringify({ userName: token }))).toBe('{"userName":"[redacted]"}')
  expect(redactPath(`/scim/v2/Users/${token}`)).toBe('/scim/v2/Users/[redacted]')
  expect(redactTokens(`sent ${token}.`)).toBe('sent [redacted].')
})

test('a token in a query is not kept', () => {
  expect(redactPath(`/scim/v2/Users?access_token=${MARK}&count=2`)).toBe(
    '/scim/v2/Users?access_token=[redacted]&count=2',
  )
  expect(redactPath(`/scim/v2/Users?acc%65ss_token=${MARK}`)).not.toContain(MARK)
  expect(redactPath(`/scim/v2/Users?filter=p%61ssword+eq+%22${MARK}%22`)).not.toContain(MARK)
  expect(redactPath('/scim/v2/Users?filter=a')).toBe('/scim/v2/Users?filter=a')
})
