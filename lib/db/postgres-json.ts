import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

type Remembered = { port: number; password: string }

/** The port and password of the cluster in the data folder, from `postgres.json`; made up on first use. */
export function recall(dataDir: string): Remembered {
  const file = path.join(dataDir, 'postgres.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Remembered
  if (existsSync(path.join(dataDir, 'postgres', 'PG_VERSION')))
    throw new Error(
      `${file} is missing, and with it the password of the database beside it. Restore it from a backup.`,
    )
  const remembered = { port: 0, password: randomBytes(24).toString('base64url') }
  remember(dataDir, remembered)
  return remembered
}

export function remember(dataDir: string, remembered: Remembered): void {
  const file = path.join(dataDir, 'postgres.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(remembered)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
