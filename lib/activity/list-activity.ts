import { pool } from '#lib/db/pool'
import { timeOfId } from '#lib/platform/ids'
import { type ActivityRow, activityRow, type Row } from './activity-row.ts'
import {
  type ActivityFilter,
  type Asked,
  conditionsOf,
  eventsSql,
  exchangesSql,
  showsEvents,
  windowEndSql,
} from './activity-sql.ts'

export type ActivityPage = {
  rows: ActivityRow[]
  after: string | undefined
  before: string | undefined
  /** The page is not full, and what is older than this was not looked at. */
  lookedBackTo?: string
}

const ACTIVITY_PAGE_SIZE = 50

/**
 * A page of a team's activity, newest first; exchanges and events are two indexes merged by id (ids are times). Where no
 * index knows what is asked for, at most SCANNED requests are looked through: `lookedBackTo` says how far that was when
 * the page is not full, and `after` goes on from there.
 */
export async function listActivity(
  teamId: string,
  filter: ActivityFilter,
  limit = ACTIVITY_PAGE_SIZE,
): Promise<ActivityPage> {
  const backwards = filter.before !== undefined
  const order = backwards ? 'ASC' : 'DESC'
  const asked = conditionsOf(teamId, filter, backwards)
  const parts = [
    filter.kind === 'changes' ? undefined : exchangesSql(asked, order, limit),
    showsEvents(filter) ? eventsSql(asked, order, limit) : undefined,
  ].filter((part) => part !== undefined)
  if (parts.length === 0) return { rows: [], after: undefined, before: undefined }
  const { rows } = await pool().query<Row>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) both_kinds ORDER BY id ${order} LIMIT ${limit + 1}`,
    asked.values,
  )
  const end = rows.length > limit || filter.kind === 'changes' ? undefined : await windowEnd(asked, order)
  const within = end === undefined ? rows : rows.filter(({ id }) => (backwards ? id <= end : id >= end))
  const more = rows.length > limit
  const shown = within.slice(0, limit)
  if (backwards) shown.reverse()
  const position = filter.after ?? filter.before
  const last = more ? shown.at(-1)?.id : backwards ? (shown.at(-1)?.id ?? position) : end
  const first = backwards ? (more ? shown[0]?.id : end) : position && (shown[0]?.id ?? position)
  return {
    rows: shown.map(activityRow),
    after: last,
    before: first,
    lookedBackTo: end && !backwards ? new Date(timeOfId(end)).toISOString() : undefined,
  }
}

/** Where the search through exchanges ended, if it did before there were none left. */
async function windowEnd(asked: Asked, order: string): Promise<string | undefined> {
  if (asked.scan.length === 0) return undefined
  const { rows } = await pool().query<{ id: string }>(
    windowEndSql(asked, order),
    asked.values.slice(0, asked.indexValues),
  )
  return rows[0]?.id
}
