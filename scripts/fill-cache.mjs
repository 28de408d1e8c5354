// After a build: Node's cache of what the server consists of, stripped of its types and compiled, so that the first start
// takes no longer than the next, and Node never loads into the server what strips types.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('../server/start-error.ts')
await import('../server/start.ts')
process.exit(0)
