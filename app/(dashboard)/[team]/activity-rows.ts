import type { ActivityRow as Shown } from '#components/activity/activity-table'
import type { ActivityRow } from '#lib/activity/activity-row'

const ACTORS = {
  serviceUser: 'serviceUser',
  member: 'member',
  operator: 'system',
  muster: 'system',
  nobody: 'unknown',
} as const

/** Names of extension attributes without their schema's URN, and a refusal as something that the actor met with. */
const sentenceOf = (summary: string) =>
  summary.replace(/\burn:[\w.:-]+:(?=\w)/g, '').replace(/^refused: /, 'was refused: ')

/** The rows of the activity log as its components show them. */
export function shownActivity(slug: string, rows: readonly ActivityRow[]): Shown[] {
  return rows.map((row) => ({
    id: row.id,
    href: `/${slug}/activity/${row.id}`,
    at: row.at,
    actor: { kind: ACTORS[row.actor.kind], name: row.actor.name },
    sentence: sentenceOf(row.summary),
    object: row.resource?.name,
    request: row.request,
  }))
}
