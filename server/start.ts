import { exchangeWriter } from '#lib/activity/exchange-writer'
import { closePool } from '#lib/db/pool'
import { closeSearchPool } from '#lib/db/search-pool'
import { foldingDone } from '#lib/directory/blocks/fold-soon'
import { flushAnnouncements } from '#lib/live/announce'
import { closeLive } from '#lib/live/subscribe'
import { env, readEnv } from '#lib/platform/env'
import { createDoors } from './doors.ts'
import { giveBackMemory } from './give-back-memory.ts'
import { openInstallation } from './installation.ts'
import { keepCounts } from './keep-counts.ts'
import { keepExchanges } from './keep-exchanges.ts'
import { listen } from './listen.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { operationsHandler, type State } from './operations-door.ts'
import { preparePages } from './pages-door.ts'
import { seconds, step } from './progress.ts'
import { protocolHandler } from './protocol-door.ts'
import { setupLink } from './setup-link.ts'
import { Shutdown } from './shutdown.ts'
import { stopWithParent } from './stop-with-parent.ts'

const DRAIN_MS = 10_000

/** From nothing to serving. Throws what prevents it; once it has returned, Muster runs until it is told to stop. */
export async function start({ dev }: { dev: boolean }): Promise<void> {
  const given = readEnv(process.env)
  const state: State = { serving: false, stopping: false }
  const metrics: { value?: Metrics; token?: string } = { token: given.METRICS_TOKEN }
  const doors = createDoors(given.TRUST_PROXY, { handler: operationsHandler(state, metrics), metrics })
  const shutdown = new Shutdown()
  shutdown.announce(() => {
    state.stopping = true
  })
  stopWithParent(() => shutdown.begin('its parent is gone'))

  // The port and the pages come up while PostgreSQL does.
  const beside = async () => {
    const port = await listen(doors.server, given.HOST, given.PORT)
    process.env.PORT = String(port)
    return { port, pages: preparePages(doors.server, dev, given.HOST, port) }
  }
  const { installation, besides } = await openInstallation(given, 'Muster', step, beside)
  shutdown.announce(installation.leaving)
  shutdown.close(installation.close)
  shutdown.close(closePool)
  shutdown.close(closeSearchPool)
  shutdown.close(foldingDone)
  shutdown.close(closeLive)
  shutdown.close(flushAnnouncements)
  shutdown.close(() => exchangeWriter().flush())

  await keepExchanges()
  keepCounts()
  if (given.METRICS_TOKEN) metrics.value = await createMetrics()
  doors.open('protocol', protocolHandler)
  const pages = await step(
    () => besides.pages,
    () => (dev ? 'Pages ready (development)' : 'Pages ready'),
  )
  doors.open('pages', pages.handler)
  state.serving = true
  shutdown.close(pages.close)
  shutdown.close(() => doors.drain(DRAIN_MS))

  const url = env().PUBLIC_URL
  installation.announce(url)
  const setupUrl = await setupLink()
  shutdown.started()
  if (shutdown.begun) return
  console.log(`✓ Serving ${seconds(process.uptime() * 1000)} after the start\n\n  Muster   ${url}`)
  if (setupUrl)
    console.log(`  Set up   ${setupUrl}\n           Open it to become the first admin; it works once.`)
  console.log('\nCtrl-C stops everything.\n')
  process.send?.({ ready: true, url, setupUrl })
  if (!dev) giveBackMemory()
}
