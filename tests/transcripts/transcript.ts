import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where a behaviour is known from: `doc` the vendor's page, `obs` a capture of real traffic, `rep` someone's report. */
export type Source = { grade: 'doc' | 'obs' | 'rep'; what: string; url: string }

export type Request = {
  method: string
  /** Below the SCIM base URL, percent-encoded as the client does it; `/oauth/…` is taken from the root. */
  path: string
  /** Beside the transcript's own; an empty one is not sent. */
  headers?: Record<string, string>
  body?: unknown
  /** Sent as application/x-www-form-urlencoded instead of JSON. */
  form?: Record<string, string>
}

export type Expected = {
  status: number
  /** Texts that the headers contain. */
  headers?: Record<string, string>
  /** What must be in the answer: see `difference`. */
  body?: unknown
}

export type Step = {
  note: string
  source?: Source[]
  request: Request
  response: Expected
  /** Variable name → where its value stands in the answer, e.g. `Resources[0].id`. */
  keep?: Record<string, string>
  /** Sent so often, with `{{n}}` counting from 0; `together` sends all of them at once. */
  times?: number
  together?: boolean
}

export type Transcript = {
  client: string
  source: Source[]
  headers: Record<string, string>
  steps: Step[]
}

/** The transcripts of `tests/transcripts/<client>/*.json`, by the path of their file. */
export function readTranscripts(): [name: string, transcript: Transcript][] {
  const folder = import.meta.dirname
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Transcript])
}
