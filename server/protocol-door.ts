import type { Handler } from './doors.ts'

/** SCIM and the token endpoints, answered before Next. `null`: Next answers them, too. */
export async function protocolHandler(): Promise<Handler | null> {
  return null
}
