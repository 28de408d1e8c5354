import type { EventShown } from '#components/activity/event-viewer'
import type { ActivityRow } from '#lib/activity/activity-row'
import type { EventDetail } from '#lib/activity/find-event'
import { inWords, relatedRows, resourceShown } from './entry-shown.ts'

/** A recorded event as its viewer shows it. */
export function shownEvent(slug: string, event: EventDetail, related: readonly ActivityRow[]): EventShown {
  return {
    id: event.id,
    at: event.at,
    actor: {
      kind: event.actor.kind === 'member' || event.actor.kind === 'serviceUser' ? event.actor.kind : 'system',
      name: event.actor.name,
    },
    action: event.action,
    resource: resourceShown(slug, event.resource),
    changes: event.changes.map((change) => ({
      attribute: change.path,
      before: inWords(change.before),
      after: inWords(change.after),
    })),
    details: Object.entries(event.detail).flatMap(([label, value]) => {
      const words = Array.isArray(value) ? value.map(inWords).join(', ') : inWords(value)
      return words === undefined ? [] : [{ label: labelOf(label), value: words }]
    }),
    related: relatedRows(slug, event.id, related),
  }
}

/** “ruleId” → “Rule id”. */
function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
