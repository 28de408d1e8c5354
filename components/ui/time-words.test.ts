import { describe, expect, it } from 'vitest'
import { absoluteTime, clockWords, durationWords, relativeTime } from './time-words.tsx'

const now = Date.parse('2026-11-24T10:00:00.000Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

describe('times in words', () => {
  it.each([
    [0, 'just now'],
    [0.2, 'just now'],
    [0.5, 'in a moment'],
    [-2, '2 min ago'],
    [9.5, 'in 9 min'],
    [-59.9, '59 min ago'],
    [-60, '1 hr ago'],
    [60 * 48 - 1, 'in 2 days'],
    [60 * 25, 'tomorrow'],
    [-60 * 24, 'yesterday'],
    [-60 * 24 * 6, '6 days ago'],
    [-60 * 24 * 7, '17 Nov 2026'],
  ])('%d minutes from now is “%s”', (minutes, words) => {
    expect(relativeTime(at(minutes), now)).toBe(words)
  })
  it('is exact in the title, and in UTC whatever the reader’s zone', () => {
    expect(absoluteTime('2026-11-24T23:59:59.999Z')).toBe('24 Nov 2026, 23:59:59 UTC')
    expect(clockWords('2026-11-24T10:02:16.348Z', { milliseconds: true })).toBe('10:02:16.348')
  })
  it('tells how long something took', () => {
    expect(durationWords(84.4)).toBe('84 ms')
    expect(durationWords(1204)).toBe('1.2 s')
  })
})
