import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorBody } from '#lib/scim/messages'

const TYPE = 'application/scim+json; charset=utf-8'

/** `rawPacket`: what it was reading. */
type ParserError = NodeJS.ErrnoException & { rawPacket?: Buffer }

/** What the HTTP parser could not read, or not in time, answered in SCIM's form: programs are who sends such things. */
export function refuseMalformed(error: ParserError, socket: Duplex, answering: boolean): void {
  // The other side is gone, or is already reading an answer, which more bytes would spoil.
  if (!socket.writable || error.code === 'ECONNRESET' || answering) {
    socket.destroy()
    return
  }
  const { status, detail } = problemOf(error)
  const body = JSON.stringify(errorBody({ status, scimType: undefined, detail }))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Refuses a request that was read but cannot be meant for anyone. */
export function refuse(response: ServerResponse, status: number, detail: string): void {
  const body = JSON.stringify(errorBody({ status, scimType: undefined, detail }))
  const headers = { 'content-type': TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' }
  response.writeHead(status, headers).end(body)
}

function problemOf({ code, rawPacket }: ParserError): { status: number; detail: string } {
  if (code === 'HPE_HEADER_OVERFLOW')
    return {
      status: 431,
      detail:
        'The address and headers of the request are longer than 16 KB. Send a long filter by POST to /.search.',
    }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, detail: 'The request did not arrive completely in time.' }
  // RFC 9110 §9.1. What has no method at all is no HTTP.
  if (code === 'HPE_INVALID_METHOD' && /^[\w-]+ \S/.test(rawPacket?.toString('latin1', 0, 100) ?? ''))
    return { status: 501, detail: 'The method of the request is none that Muster knows.' }
  return { status: 400, detail: 'The request is not valid HTTP.' }
}
