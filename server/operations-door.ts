import type { IncomingMessage, ServerResponse } from 'node:http'
import { pool } from '#lib/db/pool'
import { constantTimeEqual } from '#lib/oauth/constant-time-equal'
import type { Handler } from './doors.ts'
import type { Metrics } from './metrics.ts'

/** What this process can say of itself: `stopping` from the first signal on, `serving` once both doors are open. */
export type State = { serving: boolean; stopping: boolean }

const DATABASE_PATIENCE_MS = 2_000
const PATHS = new Set(['/healthz', '/readyz', '/metrics'])

export function isOperations(url: string): boolean {
  const end = url.indexOf('?')
  return PATHS.has(end === -1 ? url : url.slice(0, end))
}

/**
 * Answers whoever runs Muster, before everything else and without a database where none is needed. `/healthz`: the process
 * lives. `/readyz`: a balancer may send it requests. `/metrics`: for Prometheus, to whoever has METRICS_TOKEN; without one
 * it does not exist.
 */
export function operationsHandler(state: State, metrics: { value?: Metrics; token?: string }): Handler {
  let checking: Promise<string | undefined> | undefined
  const database = () => {
    checking ??= databaseProblem().finally(() => {
      checking = undefined
    })
    return checking
  }
  return async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return answer(request, response, 405, 'Only GET and HEAD are possible here.')
    }
    if (path === '/healthz') return answer(request, response, 200, 'alive')
    if (path === '/metrics') return serveMetrics(request, response, metrics)
    const problem = state.stopping
      ? 'stopping'
      : state.serving
        ? await database()
        : 'starting: the database or the pages are not up yet'
    return problem ? answer(request, response, 503, problem) : answer(request, response, 200, 'ready')
  }
}

async function serveMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { value, token }: { value?: Metrics; token?: string },
): Promise<void> {
  if (!token) return answer(request, response, 404, 'There is nothing here.')
  if (!isToken(request.headers.authorization, token)) {
    response.setHeader('www-authenticate', 'Bearer realm="Muster metrics"')
    return answer(request, response, 401, 'Send the METRICS_TOKEN of this installation as a bearer token.')
  }
  if (!value) return answer(request, response, 503, 'The metrics are not up yet.')
  const text = await value.text()
  response.setHeader('content-type', value.contentType)
  return answer(request, response, 200, text)
}

function isToken(authorization: string | undefined, token: string): boolean {
  const sent = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]
  return constantTimeEqual(sent ?? '', token)
}

/** Why PostgreSQL cannot be asked, or undefined. */
async function databaseProblem(): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('the database does not answer'), DATABASE_PATIENCE_MS)
  })
  const asked = pool()
    .query('SELECT 1')
    .then(
      () => undefined,
      () => 'the database is not reachable',
    )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

function answer(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  response.end(request.method === 'HEAD' ? undefined : text)
}
