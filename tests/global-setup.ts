import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import type { EmbeddedPostgres } from '#lib/db/embedded-postgres'
import { startTestPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the URL of the run's PostgreSQL, which the first question starts. */
    testPostgres: string
  }
}

/** Test files that need no database cost none: the first `testDatabase()` of the run boots PostgreSQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<EmbeddedPostgres> | undefined
  const door = createServer((_request, response) => {
    starting ??= startTestPostgres()
    starting.then(
      (server) => response.end(server.databaseUrl),
      (error) => response.writeHead(500).end(String(error?.stack ?? error)),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  project.provide('testPostgres', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`)
  return async () => {
    door.close()
    door.closeAllConnections()
    await starting?.then(
      (server) => server.stop(),
      () => {},
    )
  }
}
