import { once } from 'node:events'
import { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterAll, expect, test, vi } from 'vitest'
import { announce } from '#lib/live/announce'
import { closeLive } from '#lib/live/subscribe'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { followTeam } from './follow-team.ts'
import { openPages } from './live-channel.ts'

await testDatabase()
afterAll(closeLive)

/** The response to a browser that reads nothing. */
function unread(): ServerResponse {
  const socket = new Duplex({ read: () => undefined, write: () => undefined }) as unknown as Socket
  const response = new ServerResponse(new IncomingMessage(socket))
  response.assignSocket(socket)
  response.writeHead(200)
  return response
}

test('who may not stay is told nothing more, also when what was written before is not read', async () => {
  const response = unread()
  const beats = vi.spyOn(globalThis, 'clearInterval')
  followTeam(newId(), response, async () => false)
  await vi.waitFor(() => expect(response.writableEnded).toBe(true))
  expect(response.writableFinished).toBe(false)
  expect(openPages()).toBe(0)
  expect(beats).toHaveBeenCalledOnce()
})

test('a connection that takes nothing any more is closed, and nothing is kept for it', async () => {
  const response = unread()
  while (response.write('.'.repeat(16_384))) expect(response.writableLength).toBeLessThan(10_000_000)
  const team = newId()
  followTeam(team, response, async () => true)
  const closed = once(response, 'close')
  announce(team, 'directory')
  await closed
  expect(openPages()).toBe(0)
})
