import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { resolveClientAddress } from '#lib/http/client-address'
import { teamOfEvents } from '#lib/http/live-events'
import type { Metrics } from './metrics.ts'
import { isOperations } from './operations-door.ts'
import { refuseForPages } from './refuse-for-pages.ts'
import { refuse, refuseMalformed } from './refuse-malformed.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** Who runs Muster is answered at once, and what is measured for them. */
export type Operations = { handler: Handler; metrics: { value?: Metrics } }

export type Doors = {
  server: Server
  /** Opens a door; until then its requests wait. */
  open(door: 'protocol' | 'pages', handler: Handler): void
  /** Stops accepting, lets what is in progress finish for a while, then closes what is left. */
  drain(milliseconds: number): Promise<void>
}

const TOKEN_ENDPOINTS = new Set(['/oauth/token', '/oauth/revoke', '/oauth/introspect'])

/** Whether Muster answers before Next: all of SCIM, what OAuth clients post, and the live events of pages. */
export function isProtocol(method: string | undefined, url: string): boolean {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  if (path.startsWith('/scim/v2')) return path.length === 8 || path[8] === '/'
  if (method === 'POST') return TOKEN_ENDPOINTS.has(path)
  return (method === 'GET' || method === 'HEAD') && teamOfEvents(path) !== undefined
}

/**
 * The one HTTP server with its two doors: the protocols, which cost a tenth without a page framework, and the pages.
 * It listens before either is ready, so that a taken port is known at once and an early caller waits instead of failing.
 */
export function createDoors(trustProxy: boolean, operations?: Operations): Doors {
  const active = new Set<ServerResponse>()
  const opened = { protocol: deferred<Handler>(), pages: deferred<Handler>() }
  const handlers: { protocol?: Handler; pages?: Handler } = {}
  let draining = false

  const server = createServer({ requireHostHeader: false }, (request, response) => {
    active.add(response)
    response.once('close', () => active.delete(response))
    // A connection that is kept alive would keep the server from stopping.
    if (draining) response.setHeader('connection', 'close')
    nameCaller(request, trustProxy)
    if (!nameHost(request)) return refuse(response, 400, 'The Host header is missing, or names no host.')
    const url = request.url ?? '/'
    if (operations && isOperations(url)) return void operations.handler(request, response)
    const door = isProtocol(request.method, url) ? 'protocol' : 'pages'
    if (operations?.metrics.value) measure(operations.metrics.value, door, request, response)
    if (door === 'pages') {
      // Next sets it on pages, not on files, redirects and refusals.
      response.setHeader('x-content-type-options', 'nosniff')
      if (refuseForPages(request, response)) return
    }
    const handler = handlers[door]
    if (handler) handler(request, response)
    else opened[door].promise.then((handle) => handle(request, response))
  })
  server.on('clientError', (error, socket) => {
    const answering = [...active].some((response) => response.socket === socket && response.headersSent)
    refuseMalformed(error, socket, answering)
  })
  server.on('checkExpectation', (_request, response) =>
    refuse(response, 417, 'The only expectation that can be met is 100-continue.'),
  )
  // Longer than the idle time of the usual proxies and of Okta, so that they close a connection, not we in their face.
  server.keepAliveTimeout = 75_000
  server.requestTimeout = 120_000

  return {
    server,
    open(door, handler) {
      handlers[door] = handler
      opened[door].resolve(handler)
    },
    async drain(milliseconds) {
      draining = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      for (const response of active) {
        // A stream of events has no end to wait for; its page connects again.
        if (response.req.headers.accept?.includes('text/event-stream')) response.destroy()
        else response.once('finish', () => setImmediate(() => server.closeIdleConnections()))
      }
      const timer = setTimeout(() => server.closeAllConnections(), milliseconds)
      await closed
      clearTimeout(timer)
    },
  }
}

/**
 * Whether the request names a host (RFC 9112 §3.2). HTTP/1.0 need not, and a target in absolute form, as proxies get it,
 * becomes a path.
 */
function nameHost(request: IncomingMessage): boolean {
  const { headers, rawHeaders, httpVersion } = request
  if (headers.host === undefined && httpVersion === '1.0') {
    headers.host = 'localhost'
    rawHeaders.push('host', 'localhost')
  }
  const absolute = /^https?:\/\/[^/?#]*/i.exec(request.url ?? '')
  if (absolute) request.url = request.url?.slice(absolute[0].length).replace(/^(?!\/)/, '/')
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(headers.host ?? '')
}

function measure(metrics: Metrics, door: string, request: IncomingMessage, response: ServerResponse): void {
  const { url = '', headers } = request
  // A stream of events lasts as long as its page is open.
  if (headers.accept?.includes('text/event-stream')) return
  const name = door === 'pages' ? 'pages' : url.startsWith('/scim/') ? 'scim' : 'oauth'
  const started = performance.now()
  response.once('close', () => metrics.observe(name, request, response, (performance.now() - started) / 1000))
}

const PROXY_HEADERS = new Set([
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-real-ip',
])

/**
 * Leaves in X-Forwarded-For the one address that the request really came from, and of what else only a proxy may say
 * nothing unless that proxy is trusted.
 */
function nameCaller(request: IncomingMessage, trustProxy: boolean): void {
  const { headers, rawHeaders } = request
  const forwarded = headers['x-forwarded-for']
  const address = resolveClientAddress(
    request.socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    trustProxy,
  )
  // Next reads the object, the protocol door the raw list; both must say the same.
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    const name = (rawHeaders[at] as string).toLowerCase()
    if (name !== 'x-forwarded-for' && (trustProxy || !PROXY_HEADERS.has(name))) continue
    rawHeaders.splice(at, 2)
    delete headers[name]
  }
  headers['x-forwarded-for'] = address
  rawHeaders.push('x-forwarded-for', address)
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
