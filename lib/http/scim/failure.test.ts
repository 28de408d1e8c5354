import { expect, test } from 'vitest'
import { newExchange } from '#lib/activity/exchange'
import { NIL_ID } from '#lib/platform/ids'
import { failureAnswer } from './failure.ts'

const answerTo = (message: string, code?: string) => {
  const exchange = newExchange({ at: 0, kind: 'scim', teamId: NIL_ID, method: 'PUT', path: '/x' })
  const { status, body, headers } = failureAnswer(Object.assign(new Error(message), { code }), exchange)
  return { status, detail: JSON.parse(String(body)).detail as string, headers }
}

test.each<[message: string, code?: string]>([
  ['connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'],
  ['getaddrinfo ENOTFOUND db', 'ENOTFOUND'],
  ['timeout exceeded when trying to connect'],
  ['Connection terminated due to connection timeout'],
  ['terminating connection due to administrator command', '57P01'],
  ['the database system is starting up', '57P03'],
  ['sorry, too many clients already', '53300'],
  ['canceling statement due to statement timeout', '57014'],
  ['canceling statement due to lock timeout', '55P03'],
])('a database that does nothing (%s) is a 503 that says so', (message, code) => {
  expect(answerTo(message, code)).toMatchObject({
    status: 503,
    detail: expect.stringContaining('Nothing was changed'),
    headers: { 'retry-after': '5' },
  })
})

test('a port that reads like the code of a time-out is none', () => {
  const { detail } = answerTo('connect ECONNREFUSED 127.0.0.1:57014', 'ECONNREFUSED')
  expect(detail).toContain('not reachable')
})

test.each<[message: string, code?: string]>([
  ['Connection terminated unexpectedly'],
  ['read ECONNRESET', 'ECONNRESET'],
  ['write EPIPE', 'EPIPE'],
  ['Client has encountered a connection error and is not queryable'],
  ['connection failure', '08006'],
])('one that was lost in between (%s) is a 503 that claims nothing', (message, code) => {
  const { status, detail, headers } = answerTo(message, code)
  expect(status).toBe(503)
  expect(detail).not.toContain('Nothing was changed')
  expect(headers).toEqual({ 'retry-after': '5' })
})

test('anything else is a fault of our own, of which no word gets out', () => {
  const { status, detail } = answerTo('out of statement slots', '53000')
  expect(status).toBe(500)
  expect(detail).not.toContain('statement')
})
