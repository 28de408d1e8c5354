import { describe, expect, test } from 'vitest'
import { oauthRefusal } from '#tests/refusal'
import { readClientAuthentication } from './client-authentication.ts'
import { readParameters } from './parameters.ts'

const form = (body: string) => readParameters(new URLSearchParams(body), [])

describe('a client shows who it is (RFC 6749 §2.3)', () => {
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
  const read = (header: string | null, body = '') => readClientAuthentication(header, form(body))
  test.each([
    [basic('id:se%3Acret'), '', { clientId: 'id', secret: 'se:cret', method: 'client_secret_basic' }],
    [
      basic('a+b:c+d:e').replace('Basic', 'bAsIc  '),
      '',
      { clientId: 'a b', secret: 'c d:e', method: 'client_secret_basic' },
    ],
    [`${basic('id:s')} `, 'client_id=id', { clientId: 'id', secret: 's', method: 'client_secret_basic' }],
    [basic('id:'), '', { clientId: 'id', secret: undefined, method: 'none' }],
    [
      basic(`${'x'.repeat(200)}:s`),
      '',
      { clientId: 'x'.repeat(200), secret: 's', method: 'client_secret_basic' },
    ],
    [null, 'client_id=id&client_secret=s', { clientId: 'id', secret: 's', method: 'client_secret_post' }],
    [null, 'client_id=id', { clientId: 'id', secret: undefined, method: 'none' }],
    ['', `client_id=${'x'.repeat(200)}`, { clientId: 'x'.repeat(200), secret: undefined, method: 'none' }],
  ])('%s %s', (header, body, credentials) => {
    expect(read(header, body)).toEqual(credentials)
  })
  const form401 = 'invalid_client: The Authorization header must be: Basic base64(client_id:client_secret).'
  test.each([
    ['Bearer x', form401],
    ['Basic', form401],
    ['Basic a b', form401],
    ['xBasic aTpz', form401],
    ['Basic aTpz===', form401],
    [basic('id'), form401],
    [basic(':s'), form401],
    [basic('%zz:s'), form401],
    [basic('id:%zz'), form401],
    [basic('i\nd:s'), form401],
    [basic(`${'x'.repeat(201)}:s`), form401],
  ])('the header %s is refused', (header, refusal) => {
    expect(oauthRefusal(() => read(header))).toBe(refusal)
  })
  test.each([
    [
      basic('id:s'),
      'client_secret=s',
      'invalid_request: The client authenticated twice: by header and in the body.',
    ],
    [
      basic('id:s'),
      'client_id=other',
      'invalid_request: client_id differs from the one in the Authorization header.',
    ],
    [null, '', 'invalid_client: The client did not say who it is: client_id is missing.'],
    [null, 'client_id=%0a', 'invalid_client: The client is not registered here.'],
    [null, `client_id=${'x'.repeat(201)}`, 'invalid_client: The client is not registered here.'],
    [
      null,
      'client_assertion=x',
      'invalid_client: Client assertions are not supported. Send the client secret.',
    ],
    [
      null,
      'client_assertion_type=x',
      'invalid_client: Client assertions are not supported. Send the client secret.',
    ],
  ])('%s %s is refused', (header, body, refusal) => {
    expect(oauthRefusal(() => read(header, body))).toBe(refusal)
  })
})
