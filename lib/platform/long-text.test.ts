import { expect, test } from 'vitest'
import { beginningOf, bytesOf, wholeOf } from './long-text.ts'

test('a text in pieces is as long, begins, and reads as the whole one', () => {
  const whole = 'Zoë, 😀 and others'
  const pieces = ['Zoë', ', 😀', ' and others'].map((piece) => Buffer.from(piece))
  expect(bytesOf(pieces)).toBe(bytesOf(whole))
  expect(wholeOf(pieces)).toBe(wholeOf(whole))
  for (const text of [whole, '€'.repeat(9), '😀'.repeat(9), 'é€😀a'.repeat(5)])
    for (let characters = 0; characters <= text.length + 1; characters++)
      expect(beginningOf([Buffer.from(text)], characters)).toBe(beginningOf(text, characters))
  for (let characters = 0; characters <= whole.length + 1; characters++)
    expect(beginningOf(pieces, characters)).toBe(beginningOf(whole, characters))
})
