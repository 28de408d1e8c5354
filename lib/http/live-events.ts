import { memberOfRequest } from '#lib/auth/member-of-request'
import { accessList } from '#lib/auth/team-access'
import { subscribe } from '#lib/live/subscribe'

const HEARTBEAT_MS = 15_000

/**
 * A team's changes as server-sent events: topics only, never contents. The session and the access to the team are
 * checked again with every heartbeat and whenever access may have changed; when either ended, so does the stream.
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
        if (!(await teamOf(request, slug).catch(() => undefined))) end()
      }
      const end = () => {
        stop()
        try {
          controller.close()
        } catch {
          // The browser was faster.
        }
      }
      const unsubscribe = subscribe(team, (topics) => {
        send(`id: ${Date.now()}-${++id}\ndata: ${topics.join(',')}\n\n`)
        if (topics.includes('access')) void check()
      })
      const heartbeat = setInterval(() => {
        send(': still here\n\n')
        void check()
      }, HEARTBEAT_MS)
      stop = () => {
        clearInterval(heartbeat)
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
