import type { IncomingMessage, ServerResponse } from 'node:http'
import { readCookies } from '#lib/auth/cookies'
import { memberOfCookies } from '#lib/auth/session'
import { accessList } from '#lib/auth/team-access'
import { FreshReads } from '#lib/db/fresh-reads'
import { logger } from '#lib/platform/logger'
import { singleton } from '#lib/platform/singleton'
import { followTeam } from './follow-team.ts'

const PATH = /^\/([a-z0-9-]+)\/events(?:\?|$)/

/** The team whose events a path names; undefined for any other path. */
export function teamOfEvents(path: string): string | undefined {
  return PATH.exec(path)?.[1]
}

/**
 * A team's changes as server-sent events: topics only, never contents. The session and the access to the team are
 * checked again with every heartbeat, at once when somebody was signed out or removed, and soon when groups or roles
 * changed; when either ended, so does the stream. Straight on node's HTTP server: through a page framework's streams each
 * event costs ten times as much, and hundreds of open pages get several a second.
 */
export async function liveEvents(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const slug = teamOfEvents(request.url ?? '') ?? ''
  const cookie = request.headers.cookie ?? ''
  const team = await teamOf(slug, cookie).catch(unreadable)
  if (team === null) return void response.writeHead(503, { 'retry-after': '2' }).end()
  if (!team) return void response.writeHead(404).end()
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  if (request.method === 'HEAD' || response.destroyed) return void response.end()
  response.write('retry: 2000\n\n: connected\n\n')
  followTeam(team, response, () => mayStay(team, slug, cookie))
}

/** The database is away: the page tries again. */
function unreadable(cause: unknown): null {
  logger().warn({ err: cause }, 'could not look up who asks for live events')
  return null
}

async function teamOf(slug: string, cookie: string): Promise<string | undefined> {
  const member = await memberOfCookies(readCookies(cookie), Date.now())
  if (!member) return undefined
  return (await accessList(member, slug)).teams[0]?.team.id
}

/** Whether the path leads to this team still, for whoever asks: one look for all tabs of a browser that ask at once. */
async function mayStay(team: string, slug: string, cookie: string): Promise<boolean> {
  const looks = singleton(
    'live-looks',
    () =>
      new FreshReads<string>(async (scope) => {
        const [name = '', session = ''] = scope.split('\n')
        const found = await teamOf(name, session)
        return new Map(found ? [['team', found]] : [])
      }),
  )
  return (await looks.read(`${slug}\n${cookie}`, 'team').catch(() => undefined)) === team
}
