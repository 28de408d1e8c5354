import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { type HttpReply, ScimCallError } from './call.ts'

export type HttpRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
  timeoutMilliseconds: number
}

const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 8 })
const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: 8 })

/**
 * Sends one request with exactly the given headers. `fetch` is not used because it adds headers of its
 * own, and the point of this client is to look like Okta's on the wire.
 *
 * @throws ScimCallError with status 0 when no answer comes within the time.
 */
export function sendHttp(request: HttpRequest): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const url = new URL(request.url)
    const secure = url.protocol === 'https:'
    const headers: Record<string, string> = { ...request.headers }
    if (request.body !== undefined) headers['Content-Length'] = String(Buffer.byteLength(request.body))
    const send = secure ? httpsRequest : httpRequest
    const outgoing = send(
      url,
      { method: request.method, headers, agent: secure ? httpsAgent : httpAgent },
      (incoming) => read(incoming).then(resolve, reject),
    )
    const timer = setTimeout(
      () => outgoing.destroy(new ScimCallError(0, 'Read timed out', 'no answer within the time-out')),
      request.timeoutMilliseconds,
    )
    outgoing.once('close', () => clearTimeout(timer))
    outgoing.once('error', (error) => reject(connectionError(error, url)))
    outgoing.end(request.body)
  })

  async function read(incoming: IncomingMessage): Promise<HttpReply> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
    } catch (error) {
      throw connectionError(error, new URL(request.url))
    }
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
    }
    const text = decode(Buffer.concat(chunks), headers['content-encoding']).toString('utf8')
    return { status: incoming.statusCode ?? 0, headers, text }
  }
}

function decode(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes
  if (encoding === 'gzip') return gunzipSync(bytes)
  if (encoding === 'deflate') return inflateSync(bytes)
  if (encoding === 'br') return brotliDecompressSync(bytes)
  return bytes
}

function connectionError(error: unknown, url: URL): ScimCallError {
  if (error instanceof ScimCallError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'Connection refused',
    ECONNRESET: 'Connection reset',
    ENOTFOUND: 'Unknown host',
    EAI_AGAIN: 'Unknown host',
    ETIMEDOUT: 'Connect timed out',
  }
  const text = error instanceof Error ? error.message : String(error)
  return new ScimCallError(
    0,
    reasons[code] ?? 'Connection failed',
    text === '' ? `${code} ${url.host}` : text,
  )
}
