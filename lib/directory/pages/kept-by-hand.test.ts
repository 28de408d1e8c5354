import { expect, test } from 'vitest'
import { isKeptByHand } from './kept-by-hand.ts'

test.each([
  ['what was made by hand', {}, true],
  ['what a live connection pushes', { managedBy: { live: true } }, false],
  ['what a disconnected connection pushed', { managedBy: { live: false } }, true],
  ['a group of Muster’s own', { system: 'everyone' }, false],
])('%s may be changed by hand: %o → %s', (_, kept, byHand) => expect(isKeptByHand(kept)).toBe(byHand))
