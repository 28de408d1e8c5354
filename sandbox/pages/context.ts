import type { Context } from 'hono'
import type { Org } from '../org/org.ts'
import type { Pace } from '../provisioning/connector.ts'
import type { Runner } from '../provisioning/runner.ts'

/** What every page is made with. */
export type Sandbox = {
  org: Org
  runner: Runner
  pace: Pace
  /** Scheme and host under which browsers reach the sandbox; redirect URIs are built on it. */
  origin: string
}

export type Form = {
  text: (name: string) => string
  list: (name: string) => string[]
  checked: (name: string) => boolean
}

export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true })
  const list = (name: string) => [body[name] ?? []].flat().filter((value) => typeof value === 'string')
  return { list, text: (name) => list(name)[0]?.trim() ?? '', checked: (name) => list(name).length > 0 }
}
