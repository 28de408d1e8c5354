import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { inTurn } from '#lib/platform/in-turn'
import { bytesOf } from '#lib/platform/long-text'
import { discardIncoming } from '../discard-body.ts'
import { readIncomingBody } from '../read-body.ts'
import { answerScim } from './door.ts'

/**
 * SCIM straight on node's HTTP server. Web-standard Request and Response cost as much again as the whole parsing of a
 * request; nothing of what they add is needed here. What a client sends on one connection without waiting for answers is
 * done in its order: side by side only reads might be (RFC 9112 §9.3.2).
 */
export function scimListener(request: IncomingMessage, response: ServerResponse): Promise<void> {
  return inTurn(request.socket, () => answer(request, response))
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = request.headers
  const { status, headers, body } = await answerScim({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    header: (name) => (given[name] as string | undefined) ?? null,
    body: (limit) => readIncomingBody(request, limit),
  })
  await discardIncoming(request)
  // With its length in the header, head and body leave in one write.
  if (body !== null) headers['content-length'] = String(bytesOf(body))
  response.writeHead(status, headers)
  if (body === null || typeof body === 'string') response.end(body ?? undefined)
  else if (body.length === 1) response.end(body[0])
  // Each piece when the client has taken those before it; one that goes away needs no more.
  else await pipeline(inTurns(body), response).catch(() => undefined)
}

/** A client that keeps up takes each piece at once: without a pause the last would be sent before anybody else had a turn. */
async function* inTurns(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    yield piece
    await nextTurn()
  }
}
