// JavaScript: with a first file in TypeScript Node loads what strips types, 13 MB that stay, though all else comes from the cache.
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

const dev = process.argv.includes('--dev')
enableCompileCache()
if (existsSync('.env')) process.loadEnvFile('.env')
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
process.title = 'muster'

// Only now: what is imported here reads the environment and profits from the cache.
const { startError } = await import('./server/start-error.ts')
try {
  const { start } = await import('./server/start.ts')
  await start({ dev })
} catch (error) {
  console.error(`\n✗ ${startError(error)}`)
  process.exit(1)
}
