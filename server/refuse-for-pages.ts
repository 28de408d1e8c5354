import type { IncomingMessage, ServerResponse } from 'node:http'

const READ = ['GET', 'HEAD']
/** What answers one kind of method alone, of all that Next serves (the route files of `app`). */
const METHODS: readonly (readonly [path: RegExp, methods: readonly string[]])[] = [
  [/^\/(?:sign-in\/(?:submit|oidc\/begin)|oauth\/approve\/[^/]+\/decision)$/, ['POST']],
  [
    /^\/(?:oauth\/authorize|\.well-known\/oauth-authorization-server|[^/]+\/(?:activity\/(?:export|newer)|events))$/,
    READ,
  ],
]
/** In another door, or with an answer of their own to every method. */
const OWN_ANSWER = /^\/oauth\/(?:token|revoke|introspect)$/

/** The methods of a path behind the pages' door. A page takes POST for its forms; undefined: the route says so itself. */
export function methodsOf(path: string): readonly string[] | undefined {
  if (OWN_ANSWER.test(path)) return undefined
  return METHODS.find(([pattern]) => pattern.test(path))?.[1] ?? [...READ, 'POST']
}

/**
 * Answers in Next's place what it would answer with 405 and no `Allow` (RFC 9110 §15.5.6), with the page itself, or with
 * 500: a method that a path does not have, and a path whose percent-encoding is broken. True where it did.
 */
export function refuseForPages(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = 'GET', url = '/' } = request
  const path = url.split('?', 1)[0] as string
  if (!isDecodable(path)) {
    answer(response, 400, 'The percent-encoding of this address is broken.')
    return true
  }
  const methods = methodsOf(path)
  if (!methods || methods.includes(method)) return false
  response.setHeader('allow', [...methods, 'OPTIONS'].join(', '))
  if (method === 'OPTIONS') answer(response, 204)
  else answer(response, 405, `${method} is not possible here; possible are ${methods.join(', ')}.`)
  return true
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function answer(response: ServerResponse, status: number, text?: string): void {
  response.statusCode = status
  response.setHeader('cache-control', 'no-store')
  if (text) response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(text)
}
