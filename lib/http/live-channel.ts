import { subscribe } from '#lib/live/subscribe'
import { singleton } from '#lib/platform/singleton'
import { pace } from './pace.ts'

/** At once after a quiet moment; while changes stream in, no more often than a page can be read anew. */
const EVENT_EVERY_MS = 400
/** A push of groups may change what roles give many times a second. */
const ACCESS_EVERY_MS = 3_000

type Page = { send(text: string): void; check(): void }
type Channel = { pages: Set<Page>; close(): void }

const channels = () => singleton('live-channels', () => new Map<string, Channel>())

/** How many pages follow what happens, through this process. */
export function openPages(): number {
  return [...channels().values()].reduce((sum, { pages }) => sum + pages.size, 0)
}

/**
 * Tells an open page of its team's changes, until the function that it returns is called. All pages of a team are told at
 * the same moments: what they then ask for is the same, and read once (`lib/http/overview.ts`). `check` is called when the
 * page may have lost its place: at once when somebody was signed out or removed, soon when groups or roles changed.
 */
export function joinChannel(team: string, page: Page): () => void {
  const channel = channels().get(team) ?? open(team)
  channels().set(team, channel)
  channel.pages.add(page)
  return () => {
    if (!channel.pages.delete(page) || channel.pages.size > 0) return
    channel.close()
    channels().delete(team)
  }
}

function open(team: string): Channel {
  let id = 0
  const pages = new Set<Page>()
  const topics = new Set<string>()
  const check = () => {
    for (const page of pages) page.check()
  }
  const tell = pace(EVENT_EVERY_MS, () => {
    const event = `id: ${Date.now()}-${++id}\ndata: ${[...topics].join(',')}\n\n`
    topics.clear()
    for (const page of pages) page.send(event)
  })
  const checkSoon = pace(ACCESS_EVERY_MS, check)
  const unsubscribe = subscribe(team, (changed) => {
    for (const topic of changed) topics.add(topic)
    tell.call()
    if (changed.includes('sessions')) check()
    else if (changed.includes('access')) checkSoon.call()
  })
  return {
    pages,
    close() {
      unsubscribe()
      tell.cancel()
      checkSoon.cancel()
    },
  }
}
