import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import type { Bench } from '../bench.ts'
import { memoryMb } from '../process-stats.ts'

const IDLE_MB = 150

/** Resident memory after a start, before and after the first pages, when nothing has been asked for a while. */
export async function idleMemory(bench: Bench): Promise<void> {
  const { serverPid, name } = bench.target
  // What is in use once the start is forgotten: V8 gives pages back some seconds after they became free.
  await delay(15_000)
  const rssMb = memoryMb(serverPid)
  if (name === 'muster') for (let i = 0; i < 5; i++) await openPages(bench)
  bench.note('idle memory', name !== 'muster' || rssMb <= IDLE_MB, {
    rssMb,
    afterPagesMb: memoryMb(serverPid),
  })
}

/** A page without a session: the document of the sign-in form, through the whole of Next. */
export async function openPages(bench: Bench): Promise<void> {
  const { origin } = new URL(bench.target.baseUrl)
  const { statusCode, body } = await request(`${origin}/sign-in`)
  await body.dump()
  if (statusCode !== 200) throw new Error(`/sign-in gave ${statusCode}`)
}
