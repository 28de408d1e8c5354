'use client'

import { Avatar } from '#components/ui/avatar'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import type { ActivityRow } from './activity-table.tsx'
import { Sentence } from './sentence.tsx'
import { StatusChip } from './status-chip.tsx'

/** Recent activity in a card: the same rows as the activity page, fewer columns. */
export function EventList({ rows }: { rows: readonly ActivityRow[] }) {
  return (
    <ul data-slot="event-list" className="text-sm">
      {rows.map((row) => (
        <li
          key={row.id}
          data-live={row.id}
          className="flex items-center gap-x-3 border-b px-4 py-2 last:border-b-0 max-sm:flex-wrap"
        >
          <Avatar name={row.actor.name} kind={row.actor.kind} className="size-5 max-sm:hidden" />
          <TextLink
            quiet
            href={row.href}
            className="min-w-0 font-normal [overflow-wrap:anywhere] max-sm:basis-full sm:flex-1 sm:truncate"
            title={`${row.actor.name} ${row.sentence}`}
          >
            <Sentence actor={row.actor} sentence={row.sentence} object={row.object} />
          </TextLink>
          {row.request && row.request.status >= 400 && <StatusChip status={row.request.status} />}
          <TimeAgo iso={row.at} className="text-fg-subtle text-xs" />
        </li>
      ))}
    </ul>
  )
}
