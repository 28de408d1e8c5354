import type { IncomingMessage } from 'node:http'

/** The body is longer than it may be. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/** The client went away before it had sent the whole body. */
export class BodyCutOff extends Error {
  override readonly name = 'BodyCutOff'
}

/** A request's whole body. Throws BodyTooLarge as soon as it is clear, without holding more than `limit` bytes. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN)
  if (announced > limit) throw new BodyTooLarge()
  // With a length the server enforces it; without one (chunked) the bytes are counted as they come.
  if (!Number.isNaN(announced)) return new Uint8Array(await request.arrayBuffer())
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The same of a request on node's HTTP server. What is left unread node itself discards after the answer. */
export function readIncomingBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length']) > limit) return Promise.reject(new BodyTooLarge())
  // Its end was announced before anybody listened, and will not be again.
  if (request.destroyed && !request.readableEnded) return Promise.reject(new BodyCutOff())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const fail = (cause: Error) => {
      request.off('data', take).off('end', end).off('close', cutOff).off('error', cutOff)
      reject(cause)
    }
    const take = (chunk: Buffer) => {
      size += chunk.byteLength
      if (size > limit) fail(new BodyTooLarge())
      else chunks.push(chunk)
    }
    const end = () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size))
    const cutOff = () => fail(new BodyCutOff())
    request.on('data', take).once('end', end).once('close', cutOff).once('error', cutOff)
  })
}
