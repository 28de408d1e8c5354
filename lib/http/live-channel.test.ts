import { afterAll, expect, test, vi } from 'vitest'
import { announce } from '#lib/live/announce'
import { closeLive } from '#lib/live/subscribe'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { joinChannel, openPages } from './live-channel.ts'

await testDatabase()
afterAll(closeLive)

/** An open page: what it was sent, how often it was told to look whether it may stay. */
function open(team: string) {
  const page = { events: [] as string[], checks: 0 }
  const leave = joinChannel(team, {
    send: (text) => page.events.push(text),
    check: () => {
      page.checks++
    },
  })
  return { page, leave }
}

test('all pages of a team are told the same at the same moment, and those of another team nothing', async () => {
  const [team, other] = [newId(), newId()]
  const pages = [open(team), open(team), open(other)]
  const [first, second, foreign] = pages.map(({ page }) => page)
  // Listening begins with one event for everybody.
  await vi.waitFor(() => expect(pages.map(({ page }) => page.events.length)).toEqual([1, 1, 1]))
  announce(team, 'directory')
  announce(team, 'activity')
  await vi.waitFor(() => expect(first?.events).toHaveLength(2))
  expect(second?.events).toEqual(first?.events)
  expect(first?.events[1]).toMatch(/^id: \S+\ndata: (directory,activity|activity,directory)\n\n$/)
  expect(foreign?.events).toHaveLength(1)
  expect(openPages()).toBe(3)
  for (const { leave } of pages) {
    leave()
    leave()
  }
  expect(openPages()).toBe(0)
})

test('a page that was left hears nothing more, and one that comes later does', async () => {
  const team = newId()
  const left = open(team)
  left.leave()
  const { page, leave } = open(team)
  announce(team, 'connections')
  await vi.waitFor(() => expect(page.events.join()).toContain('data: connections'))
  expect(left.page.events).toEqual([])
  leave()
})

test('whether they may stay pages look at once when somebody is signed out', async () => {
  const team = newId()
  const { page, leave } = open(team)
  const before = page.checks
  announce(team, 'sessions')
  await vi.waitFor(() => expect(page.checks).toBeGreaterThan(before))
  leave()
})
