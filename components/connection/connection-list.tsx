'use client'

import { ClientMark } from '#components/ui/client-mark'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { ConnectionStatus } from './connection-status.tsx'
import type { ConnectionRow } from './connection-table.tsx'

/** How each connection is doing, for a narrow card: state, last push, and what it brought. */
export function ConnectionList({ connections }: { connections: readonly ConnectionRow[] }) {
  return (
    <ul data-slot="connection-list" className="text-sm">
      {connections.map((each) => (
        <li
          key={each.id}
          data-live={each.id}
          data-version={`${each.state.kind} ${each.lastPushAt}`}
          className="flex gap-3 border-b px-4 py-3 last:border-b-0"
        >
          <ClientMark name={each.name} className="mt-0.5" />
          <div className="min-w-0 flex-1">
            <p className="flex items-center justify-between gap-3">
              <TextLink quiet href={each.href} className="min-w-0 truncate" title={each.name}>
                {each.name}
              </TextLink>
              <ConnectionStatus state={each.state} />
            </p>
            <p className="mt-0.5 flex flex-wrap gap-x-2 text-fg-subtle text-xs tabular-nums">
              <span>
                {each.lastPushAt ? (
                  <>
                    pushed <TimeAgo iso={each.lastPushAt} />
                  </>
                ) : (
                  'nothing pushed yet'
                )}
              </span>
              <span aria-hidden="true">·</span>
              <span>{counted(each.userCount, 'user', each.usersAreMore)}</span>
              <span aria-hidden="true">·</span>
              <span>{counted(each.groupCount, 'group')}</span>
              {each.errorCount > 0 && each.errorsHref && (
                <TextLink href={each.errorsHref} className="text-danger">
                  {counted(each.errorCount, 'error')}
                </TextLink>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** "1 user", "1,204 groups", "10,000+ users". */
function counted(count: number, noun: string, more = false): string {
  return `${count.toLocaleString('en')}${more ? '+' : ''} ${count === 1 ? noun : `${noun}s`}`
}
