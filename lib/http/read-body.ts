import type { IncomingMessage } from 'node:http'
import { discardStream } from './discard-body.ts'

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
  // With a length the server enforces it; without one (chunked) the bytes are counted as they come.
  if (announced <= limit) return new Uint8Array(await request.arrayBuffer())
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = Number.isNaN(announced) ? 0 : announced
  const reader = request.body.getReader()
  for (;;) {
    if (size > limit) {
      await discardStream(reader)
      // Not cancelled: that would destroy the connection, and the answer with it.
      reader.releaseLock()
      throw new BodyTooLarge()
    }
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.byteLength
    chunks.push(value)
  }
}

/** The same of a request on node's HTTP server. What is left unread is for the listener to discard. */
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
    const cutOff = () => fail(new BodyCutOff())
    const end = () => {
      request.off('close', cutOff)
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size))
    }
    request.on('data', take).once('end', end).once('close', cutOff).once('error', cutOff)
  })
}
