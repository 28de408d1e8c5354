import { expect, test } from 'vitest'
import { plainError } from './logger.ts'

test('a fault is logged with its words, code and causes, and without the connection that hangs on it', () => {
  const client = { secretKey: 360724, password: 'hunter2' }
  const cause = Object.assign(new Error('terminating connection'), { code: '57P01', client })
  const told = plainError(
    Object.assign(new TypeError('lost', { cause }), { client, constraint: 'member_pkey' }),
  )
  expect(told).toMatchObject({
    type: 'TypeError',
    message: 'lost',
    constraint: 'member_pkey',
    cause: { message: 'terminating connection', errorCode: '57P01' },
  })
  expect(JSON.stringify(told)).not.toMatch(/360724|hunter2/)
  expect(plainError('just text')).toEqual({ message: 'just text' })
})
