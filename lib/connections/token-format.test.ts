import { expect, test } from 'vitest'
import { newId } from '#lib/platform/ids'
import { makeToken, parseToken } from './token-format.ts'

test('a token tells its kind and team, and its hash is the one to store', () => {
  for (const kind of ['access', 'refresh', 'static', 'code'] as const) {
    const teamId = newId()
    const token = makeToken(kind, teamId)
    expect(parseToken(token.text)).toEqual({ kind, teamId, hash: token.hash })
    expect(token.text).not.toContain(token.hash)
  }
})

test('two tokens are never alike', () => {
  const teamId = newId()
  expect(new Set(Array.from({ length: 200 }, () => makeToken('access', teamId).text)).size).toBe(200)
})

test('a mistyped, cut-off or foreign token is recognised without a look-up', () => {
  const { text } = makeToken('access', newId())
  const other = text.at(-10) === 'a' ? 'b' : 'a'
  for (const wrong of [
    '',
    'non-token',
    text.slice(1),
    text.slice(0, -1),
    `${text}0`,
    text.slice(0, -10) + other + text.slice(-9),
    text.toLowerCase(),
  ])
    expect(parseToken(wrong), wrong).toBeUndefined()
})
