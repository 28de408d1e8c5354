import type { IncomingMessage, ServerResponse } from 'node:http'
import { exchangeWriter } from '#lib/activity/exchange-writer'
import { pool } from '#lib/db/pool'
import { searchLoad } from '#lib/db/search-pool'
import { openPages } from '#lib/http/live-channel'

export type Metrics = {
  contentType: string
  observe(door: string, request: IncomingMessage, response: ServerResponse, seconds: number): void
  text(): Promise<string>
}

/**
 * What Prometheus reads. Labels are few and ours: a client's text is never one of them. Loaded only where METRICS_TOKEN is
 * set, so that nobody else pays for it.
 */
export async function createMetrics(): Promise<Metrics> {
  const { collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client')
  const registers = [new Registry()]
  const [register] = registers
  collectDefaultMetrics({ register })
  const durations = new Histogram({
    name: 'muster_http_request_duration_seconds',
    help: 'How long requests took, by door (scim, oauth, pages), resource, method and class of status',
    labelNames: ['door', 'resource', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('muster_database_connections', 'Open connections of the pool', () => pool().totalCount)
  gauge(
    'muster_database_connections_idle',
    'Connections of the pool that wait for work',
    () => pool().idleCount,
  )
  gauge('muster_database_waiting', 'Statements that wait for a connection', () => pool().waitingCount)
  gauge('muster_searches_running', 'Searches without an index that run', () => searchLoad().running)
  gauge('muster_searches_waiting', 'Searches without an index that wait', () => searchLoad().waiting)
  gauge(
    'muster_exchanges_unwritten',
    'Requests whose record is not in the database yet',
    () => exchangeWriter().waiting,
  )
  gauge('muster_live_pages', 'Open pages that follow what happens', openPages)
  return {
    contentType: registers[0]?.contentType ?? 'text/plain',
    observe(door, request, response, seconds) {
      const labels = {
        door,
        resource: resourceOf(door, request.url ?? ''),
        method: METHODS.has(request.method ?? '') ? (request.method ?? '') : 'other',
        status: `${Math.floor(response.statusCode / 100)}xx`,
      }
      durations.observe(labels, seconds)
    },
    text: async () => (await register?.metrics()) ?? '',
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const RESOURCES = [
  'Users',
  'Groups',
  'Roles',
  'Bulk',
  'Me',
  'Schemas',
  'ResourceTypes',
  'ServiceProviderConfig',
]

function resourceOf(door: string, url: string): string {
  if (door !== 'scim') return ''
  const name = /^\/scim\/v2\/([A-Za-z]+)/.exec(url)?.[1] ?? ''
  return RESOURCES.includes(name) ? name : 'other'
}
