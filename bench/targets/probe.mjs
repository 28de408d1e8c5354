// Preloaded into a measured server: whoever connects to the socket BENCH_PROBE is told for how long the event loop was
// blocked at most since the last time, and how much memory is in use.
import { createServer } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 5
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delay.enable()

createServer((socket) => {
  const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  socket.end(
    JSON.stringify({
      blockedMaxMs: ms(delay.max),
      blockedP99Ms: ms(delay.percentile(99)),
      heapUsed,
      external,
      arrayBuffers,
    }),
  )
  delay.reset()
})
  .listen(process.env.BENCH_PROBE)
  .unref()
