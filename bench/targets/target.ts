/** A SCIM server on a fresh embedded PostgreSQL, ready to be measured. */
export type Target = {
  name: 'muster' | 'reference'
  /** Up to and with `/scim/v2`. */
  baseUrl: string
  token: string
  /** The process whose CPU and memory are the server's. */
  serverPid: number
  /** The PostgreSQL of this server alone: its children's CPU is counted too. */
  postmasterPid: number
  databaseUrl: string
  /** Socket on which the server's event loop tells how long it was blocked. */
  probePath: string
}

export type RunningTarget = Target & {
  /** From spawn to the first SCIM answer, milliseconds: on an empty folder, and again on a filled one. */
  firstStartMs: number
  /** Stops the server and starts it again on what it holds; milliseconds to the first SCIM answer. */
  restart(): Promise<number>
  stop(): Promise<void>
}
