// A stand-in for Muster that the kill tests kill: takes the data folder, starts PostgreSQL, says so, and waits.
import { lockDataDirectory, writeRuntime } from '#lib/db/data-dir'
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres'

const dataDir = process.argv[2] as string
try {
  const lock = lockDataDirectory(dataDir, 'Muster')
  const server = await startEmbeddedPostgres({ dataDir })
  writeRuntime(dataDir, { databaseUrl: server.databaseUrl, publicUrl: 'http://localhost:4259' })
  process.once('SIGTERM', async () => {
    await server.stop()
    lock.release()
    process.exit(0)
  })
  // Last: who reads it may send a signal at once.
  console.log(JSON.stringify({ databaseUrl: server.databaseUrl, pid: server.pid, created: server.created }))
  setInterval(() => {}, 60_000)
} catch (error) {
  console.log(JSON.stringify({ error: (error as Error).message }))
  process.exit(1)
}
