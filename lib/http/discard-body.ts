import type { IncomingMessage } from 'node:http'

/** As much, and as long, as is read to nowhere. */
const DISCARDED_BYTES = 64 * 1024 * 1024
const DISCARDED_FOR_MS = 2_000

/**
 * Reads what is left of a refused body to nowhere, within bounds. A client reads its answer when it has sent everything: a
 * connection that is closed before that is reset, and the answer lost.
 */
export function discardIncoming(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    let left = DISCARDED_BYTES
    const timer = setTimeout(done, DISCARDED_FOR_MS)
    function done() {
      clearTimeout(timer)
      request.off('data', drop).off('end', done).off('close', done)
      resolve()
    }
    function drop(chunk: Buffer) {
      left -= chunk.byteLength
      if (left < 0) done()
    }
    request.on('data', drop).once('end', done).once('close', done)
  })
}

/** The same of a web stream that is being read. */
export async function discardStream(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let left = DISCARDED_BYTES
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<{ done: true; value?: undefined }>((resolve) => {
    timer = setTimeout(() => resolve({ done: true }), DISCARDED_FOR_MS)
  })
  while (left > 0) {
    const { done, value } = await Promise.race([reader.read(), late])
    if (done) break
    left -= value.byteLength
  }
  clearTimeout(timer)
}
