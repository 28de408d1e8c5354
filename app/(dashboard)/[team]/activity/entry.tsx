import { type EventShown, EventViewer } from '#components/activity/event-viewer'
import { type ExchangeDetail, ExchangeViewer } from '#components/activity/exchange-viewer'
import { findEvent } from '#lib/activity/find-event'
import { type ExchangeDetail as ExchangeFound, findExchange } from '#lib/activity/find-exchange'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { askedWords } from '../asked-words.ts'
import { shownEvent } from './event-shown.ts'
import { shownExchange } from './exchange-shown.ts'

const RELATED = 6

export type EntryShown = { exchange: ExchangeDetail } | { event: EventShown }

/** One entry of the log, a request or a change, ready to be shown; undefined when the team has none with this id. */
export async function findEntry(
  slug: string,
  id: string,
): Promise<{ entry: EntryShown; title: string; crumb: string } | undefined> {
  const { team } = await requireTeam(slug, 'reviewer')
  const exchange = await findExchange(team.id, id)
  const event = exchange ? undefined : await findEvent(team.id, id)
  const resourceId = (exchange ?? event)?.resource?.id
  const related = resourceId ? (await listActivity(team.id, { resourceId }, RELATED)).rows : []
  if (exchange)
    return {
      entry: { exchange: shownExchange(slug, exchange, related) },
      title: exchange.errorDetail ? refusalOf(exchange) : capital(exchange.summary),
      crumb: `${exchange.method} ${exchange.status}`,
    }
  if (event)
    return {
      entry: { event: shownEvent(slug, event, related) },
      title: sentenceOf(event.actor, event.summary),
      crumb: 'Change',
    }
  return undefined
}

/** “Updating the group Ops was refused”. */
function refusalOf({ kind, method, status, resource }: ExchangeFound): string {
  const what = kind === 'oauth' ? 'An OAuth request' : askedWords(method, resource?.type, resource?.name)
  return `${what} ${status >= 500 ? 'failed' : 'was refused'}`.slice(0, 200)
}

/** An address stays as it is written. */
const sentenceOf = ({ kind, name }: { kind: string; name: string }, summary: string) =>
  kind === 'member' ? `${name} ${summary}`.slice(0, 200) : capital(`${name} ${summary}`)

const capital = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1, 200)

export function Entry({ entry }: { entry: EntryShown }) {
  return 'exchange' in entry ? (
    <ExchangeViewer exchange={entry.exchange} />
  ) : (
    <EventViewer event={entry.event} />
  )
}
