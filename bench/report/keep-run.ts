import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Keeps a run in bench/results: its table as `.md`, all of it as `.json`, both dated. `kind` is part of their name. */
export function keepRun(kind: '' | '-scale', text: string, data: object): void {
  const when = new Date().toISOString()
  const cores = os.cpus().length
  const stem = path.join(import.meta.dirname, '../results', `${when.slice(0, 16).replace(':', '')}${kind}`)
  mkdirSync(path.dirname(stem), { recursive: true })
  const about = { when, node: process.version, cores, cpu: os.cpus()[0]?.model }
  writeFileSync(`${stem}.json`, `${JSON.stringify({ ...about, ...data }, null, 1)}\n`)
  writeFileSync(`${stem}.md`, `# ${when.slice(0, 16)}Z, ${cores} cores, Node ${process.version}\n\n${text}\n`)
  console.error(`Kept as ${path.relative(process.cwd(), stem)}.json and .md`)
}
