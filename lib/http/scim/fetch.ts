import { wholeOf } from '#lib/platform/long-text'
import { readBody } from '../read-body.ts'
import { answerScim } from './door.ts'

/** SCIM over web-standard Request and Response: for Next's route, and wherever else such a pair is at hand. */
export async function scimFetch(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const { status, headers, body } = await answerScim({
    method: request.method,
    url: pathname + search,
    header: (name) => request.headers.get(name),
    body: (limit) => readBody(request, limit),
  })
  const empty = body === null || request.method === 'HEAD'
  return new Response(empty ? null : wholeOf(body), { status, headers })
}
