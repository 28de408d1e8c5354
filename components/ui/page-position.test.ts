import { expect, test } from 'vitest'
import { pagesOf } from './page-position.tsx'

const shared = { path: '/acme/users', size: 50, total: '1,204 users' }
const rows = Array.from({ length: 50 })

test('the first, a middle and the last page say where they stand, and lead to their neighbours', () => {
  expect(pagesOf({ ...shared, state: { q: 'a' }, page: { rows, after: 'x' } })).toEqual({
    summary: '1–50 of 1,204 users',
    previousHref: undefined,
    nextHref: '/acme/users?q=a&after=x&first=51',
  })
  const state = { q: 'a', after: 'x', first: '51' }
  expect(pagesOf({ ...shared, state, page: { rows, after: 'y', before: 'w' } })).toEqual({
    summary: '51–100 of 1,204 users',
    previousHref: '/acme/users?q=a&first=1&before=w',
    nextHref: '/acme/users?q=a&after=y&first=101',
  })
  const last = { ...shared, state: { first: '1201' }, page: { rows: rows.slice(0, 4), before: 'v' } }
  expect(pagesOf(last).summary).toBe('1,201–1,204 of 1,204 users')
})

test('a single page says how many there are; a number that was tampered with counts from one', () => {
  expect(pagesOf({ ...shared, state: {}, page: { rows: [1] }, total: '1 user' }).summary).toBe('1 user')
  expect(pagesOf({ ...shared, state: {}, page: { rows: [], before: 'v' }, total: '0 users' }).summary).toBe(
    '0 users',
  )
  for (const first of ['-5', 'x', '1e99x'])
    expect(pagesOf({ ...shared, state: { first }, page: { rows, before: 'v' } }).summary).toBe(
      '1–50 of 1,204 users',
    )
})
