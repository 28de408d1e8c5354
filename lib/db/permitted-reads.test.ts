import { expect, test } from 'vitest'
import { Permit } from './permit.ts'
import { PermittedReads } from './permitted-reads.ts'

/** Reads of a store that takes some tokens for good, and has a row for each key but `none`. */
function readsOf(good: string[]) {
  const asked: [keys: string[], tokenHash: string | null][] = []
  const reads = new PermittedReads<{ good: boolean; key: string | null }>(
    async (_teamId, keys, tokenHash) => {
      asked.push([keys, tokenHash])
      const row = { good: tokenHash === null || good.includes(tokenHash), key: null }
      const found = keys.filter((key) => key !== 'none').map((key) => ({ ...row, key }))
      return found.length > 0 ? found : [row]
    },
    ({ key }) => key as string,
  )
  const read = async (key: string, permit?: Permit) => (await reads.read('team', key, permit))?.key
  return { read, asked }
}
const revoked = () => Promise.reject(new Error('revoked'))

test('of those who read at the same time only the ones with the same token share a statement and its verdict', async () => {
  const { read, asked } = readsOf(['good'])
  const permits = ['good', 'bad', 'good'].map((token) => new Permit(token, revoked))
  const results = await Promise.allSettled(permits.map((permit, i) => read(`${i}`, permit)))
  expect(results.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
    '0',
    'revoked',
    '2',
  ])
  expect(asked).toEqual([
    [['0', '2'], 'good'],
    [['1'], 'bad'],
  ])
  expect(permits.map(({ unproven }) => unproven)).toEqual([null, 'bad', null])
})

test('a token is proven by a read that finds no row as well, and asked for no more', async () => {
  const { read, asked } = readsOf(['good'])
  const permit = new Permit('good', revoked)
  expect(await read('none', permit)).toBeUndefined()
  await permit.confirm()
  expect(await read('a', permit)).toBe('a')
  expect(asked.map(([, tokenHash]) => tokenHash)).toEqual(['good', null])
})

test('a token that the full check finds good after all reads anew', async () => {
  let checks = 0
  const { read, asked } = readsOf([])
  const permit = new Permit('late', async () => void checks++)
  expect(await read('a', permit)).toBe('a')
  await permit.confirm()
  expect([checks, asked.map(([, tokenHash]) => tokenHash)]).toEqual([1, ['late', null]])
})

test('without a permit nothing is asked for', async () => {
  const { read, asked } = readsOf([])
  expect(await read('a')).toBe('a')
  expect(asked).toEqual([[['a'], null]])
})
