import type { ServerResponse } from 'node:http'
import { joinChannel } from './live-channel.ts'

const HEARTBEAT_MS = 15_000

/**
 * Tells a connection of its team's changes until it closes, takes nothing any more, or may not stay: `mayStay` is asked with
 * every heartbeat, and when a change says that the answer may be another. From then on nothing is written to it, though
 * what was written before may still wait for its reader.
 */
export function followTeam(team: string, response: ServerResponse, mayStay: () => Promise<boolean>): void {
  const send = (text: string) => {
    if (!response.writableNeedDrain) return void response.write(text)
    // The page, should it still be there, connects again.
    stop()
    response.destroy()
  }
  const check = async () => {
    if (await mayStay()) return
    stop()
    response.end()
  }
  const leave = joinChannel(team, { send, check: () => void check() })
  const heartbeat = setInterval(() => {
    send(': still here\n\n')
    void check()
  }, HEARTBEAT_MS)
  const stop = () => {
    clearInterval(heartbeat)
    leave()
  }
  response.once('close', stop)
}
