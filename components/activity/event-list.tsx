import { Avatar } from '#components/ui/avatar'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import type { ActivityRow } from './activity-table.tsx'
import { StatusChip } from './status-chip.tsx'

/** Recent activity in a card: the same rows as the activity page, fewer columns. */
export function EventList({ rows }: { rows: readonly ActivityRow[] }) {
  return (
    <ul data-slot="event-list" className="text-sm">
      {rows.map((row) => (
        <li key={row.id} className="flex items-center gap-3 border-b px-4 py-2 last:border-b-0">
          <Avatar name={row.actor.name} kind={row.actor.kind} />
          <p className="min-w-0 flex-1 truncate" title={`${row.actor.name} ${row.sentence}`}>
            <span className="text-fg-muted">{row.actor.name}</span>{' '}
            <TextLink quiet href={row.href} className="font-normal">
              {row.sentence}
            </TextLink>
          </p>
          {row.request && row.request.status >= 400 && <StatusChip status={row.request.status} />}
          <TimeAgo iso={row.at} className="text-fg-subtle text-xs" />
        </li>
      ))}
    </ul>
  )
}
