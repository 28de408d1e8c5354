// `prisma generate`, also where Prisma's download host cannot be reached. Generating needs no schema engine, but the
// command line insists on having one: any executable file satisfies it. Nothing here ever runs that engine.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const engines = path.join(root, 'node_modules/@prisma/engines')
const missing = !existsSync(engines) || !readdirSync(engines).some((name) => name.startsWith('schema-engine'))
const env = { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }
if (missing) env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

const prisma = path.join(root, 'node_modules/prisma/build/index.js')
const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints', ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exit(status ?? 1)
