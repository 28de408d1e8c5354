import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { emptyOrg } from './org.ts'
import type { OrgState } from './state.ts'

const SAVE_DELAY_MILLISECONDS = 40

/** The state file. A file that is not ours stops the start, rather than being overwritten. */
export function loadState(path: string, now: Date): { state: OrgState; isNew: boolean } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { state: emptyOrg(now), isNew: true }
    }
    throw error
  }
  const state = JSON.parse(text) as OrgState
  if (state.version !== 1) throw new Error(`${path} is not a state file of this sandbox`)
  // A job that was running when the process ended is done again: every operation may be repeated.
  for (const app of state.apps) for (const job of app.jobs) job.state = 'queued'
  return { state, isNew: false }
}

export type Saver = { soon: () => void; now: () => void }

/** Writes through a temporary file and a rename, so that a crash leaves the old state or the new one. */
export function stateSaver(path: string, state: OrgState): Saver {
  let timer: NodeJS.Timeout | undefined
  const now = () => {
    clearTimeout(timer)
    timer = undefined
    mkdirSync(dirname(path), { recursive: true })
    // Tokens and client secrets are in it.
    writeFileSync(`${path}.tmp`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${path}.tmp`, path)
  }
  const soon = () => {
    timer ??= setTimeout(now, SAVE_DELAY_MILLISECONDS)
  }
  return { soon, now }
}
