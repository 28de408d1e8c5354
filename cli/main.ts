import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

enableCompileCache()
if (existsSync('.env')) process.loadEnvFile('.env')
// Log lines would stand between the answer and whoever reads it; what goes wrong is said by the command.
// Not production: a server's rule, that MUSTER_SECRET stands beside DATABASE_URL, is none for a command.
Object.assign(process.env, { NODE_ENV: 'development', LOG_LEVEL: 'silent' })

const { runCommandLine } = await import('./run.ts')
// While one command waits for another to leave the data folder, nothing else may keep this process alive.
setInterval(() => undefined, 60_000)
process.exit(await runCommandLine(process.argv.slice(2)))
