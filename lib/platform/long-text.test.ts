import { expect, test } from 'vitest'
import { beginningOf, bytesOf, wholeOf } from './long-text.ts'

test('a text in pieces is as long, begins, and reads as the whole one', () => {
  const whole = 'Zoë, 😀 and others'
  const pieces = ['Zoë', ', 😀', ' and others'].map((piece) => Buffer.from(piece))
  expect(bytesOf(pieces)).toBe(bytesOf(whole))
  expect(wholeOf(pieces)).toBe(wholeOf(whole))
  for (let characters = 0; characters <= whole.length + 1; characters++)
    expect(beginningOf(pieces, characters)).toBe(beginningOf(whole, characters))
})
