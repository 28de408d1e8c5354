import type { Server } from 'node:http'
import path from 'node:path'
import type { Handler } from './doors.ts'

export type Pages = { handler: Handler; close(): Promise<void> }

/** Next, prepared beside the database: loading it is the longest part of a start. */
export async function preparePages(server: Server, dev: boolean, host: string, port: number): Promise<Pages> {
  const { default: next } = await import('next')
  const app = next({
    dev,
    dir: path.resolve(import.meta.dirname, '..'),
    hostname: host,
    port,
    httpServer: server,
  })
  await app.prepare()
  return { handler: app.getRequestHandler(), close: () => app.close() }
}
