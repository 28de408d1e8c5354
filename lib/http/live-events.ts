import { memberOfRequest } from '#lib/auth/member-of-request'
import { accessList } from '#lib/auth/team-access'
import { FreshReads } from '#lib/db/fresh-reads'
import { subscribe } from '#lib/live/subscribe'
import { singleton } from '#lib/platform/singleton'
import { pace } from './pace.ts'

const HEARTBEAT_MS = 15_000
/** A page refreshes once a second at most: telling it more often only costs. */
const EVENT_EVERY_MS = 400
/** A push of groups may change what roles give many times a second. */
const ACCESS_EVERY_MS = 3_000

/**
 * A team's changes as server-sent events: topics only, never contents. The session and the access to the team are
 * checked again with every heartbeat, at once when somebody was signed out or removed, and soon when groups or roles
 * changed; when either ended, so does the stream.
 */
export async function liveEvents(request: Request, slug: string): Promise<Response> {
  const team = await teamOf(request, slug)
  if (!team) return new Response(null, { status: 404 })
  const encoder = new TextEncoder()
  let stop = () => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let id = 0
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text))
        } catch {
          stop()
        }
      }
      const check = async () => {
        if (!(await mayStay(request, slug))) end()
      }
      const end = () => {
        stop()
        try {
          controller.close()
        } catch {
          // The browser was faster.
        }
      }
      const topics = new Set<string>()
      const tell = pace(EVENT_EVERY_MS, () => {
        send(`id: ${Date.now()}-${++id}\ndata: ${[...topics].join(',')}\n\n`)
        topics.clear()
      })
      const checkSoon = pace(ACCESS_EVERY_MS, () => void check())
      const unsubscribe = subscribe(team, (changed) => {
        for (const topic of changed) topics.add(topic)
        tell.call()
        if (changed.includes('sessions')) void check()
        else if (changed.includes('access')) checkSoon.call()
      })
      const heartbeat = setInterval(() => {
        send(': still here\n\n')
        void check()
      }, HEARTBEAT_MS)
      stop = () => {
        clearInterval(heartbeat)
        tell.cancel()
        checkSoon.cancel()
        unsubscribe()
      }
      request.signal.addEventListener('abort', end)
      send('retry: 2000\n\n: connected\n\n')
    },
    cancel: () => stop(),
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

async function teamOf(request: Request, slug: string): Promise<string | undefined> {
  const member = await memberOfRequest(request)
  if (!member) return undefined
  return (await accessList(member, slug)).teams[0]?.team.id
}

/** One look for all the tabs of a browser that ask at the same moment. */
async function mayStay(request: Request, slug: string): Promise<boolean> {
  const looks = singleton(
    'live-looks',
    () =>
      new FreshReads<string>(async (scope) => {
        const [team = '', cookie = ''] = scope.split('\n')
        const found = await teamOf(new Request(request.url, { headers: { cookie } }), team)
        return { rows: new Map(found ? [['team', found]] : []) }
      }),
  )
  const scope = `${slug}\n${request.headers.get('cookie') ?? ''}`
  return (await looks.read(scope, 'team').catch(() => undefined)) !== undefined
}
