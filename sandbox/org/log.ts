import type { Org } from './org.ts'
import type { HttpRecord, LogEntry } from './state.ts'

const MAX_ENTRIES = 1500

type Entry = Partial<Pick<LogEntry, 'appId' | 'outcome' | 'target'>>

/** Writes an event with the name that Okta's System Log gives it. */
export function logEvent(org: Org, type: string, message: string, entry: Entry = {}): void {
  append(org, type, message, entry, null)
}

export function logHttp(org: Org, appId: string, http: HttpRecord): void {
  const outcome = http.status >= 200 && http.status < 400 ? 'SUCCESS' : 'FAILURE'
  const path = http.url.replace(/^https?:\/\/[^/]+/, '')
  append(org, 'http', `${http.method} ${path}`, { appId, outcome }, http)
}

function append(org: Org, type: string, message: string, entry: Entry, http: HttpRecord | null): void {
  const { state } = org
  state.log.push({
    id: state.nextLogId++,
    at: org.now().toISOString(),
    appId: entry.appId ?? '',
    type,
    outcome: entry.outcome ?? 'SUCCESS',
    message,
    target: entry.target ?? '',
    http,
  })
  if (state.log.length > MAX_ENTRIES) state.log.splice(0, state.log.length - MAX_ENTRIES)
}
