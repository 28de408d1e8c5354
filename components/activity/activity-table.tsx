'use client'

import { type ActorKind, Avatar } from '#components/ui/avatar'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { absoluteTime, durationWords, logTime } from '#components/ui/time-words'
import { ActivityLink } from './activity-link.tsx'
import { Sentence } from './sentence.tsx'
import { StatusChip } from './status-chip.tsx'

export type Actor = { kind: ActorKind; name: string }

export type ActivityRow = {
  id: string
  href: string
  at: string
  actor: Actor
  /** What it did, in words: "removed 2 members from Ops". */
  sentence: string
  /** The name of what it was done to, where the sentence holds it. */
  object?: string
  /** Exchanges: the request line, and how long the answer took. Changes made in Muster have none. */
  request?: { method: string; path: string; status: number; durationMs: number }
}

/** One list, two kinds: exchanges (requests) and changes people made in Muster. Times are UTC, as in Okta's log. */
export function ActivityTable({
  rows,
  now,
  caption = 'Activity',
}: {
  rows: readonly ActivityRow[]
  /** Milliseconds since 1970: entries of the same day show their time only. */
  now: number
  caption?: string
}) {
  return (
    <Table caption={caption}>
      <TableHead>
        <Th>Time (UTC)</Th>
        <Th>What happened</Th>
        <Th>Status</Th>
        <Th align="right">Took</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.id} live={row.id}>
            <Td className="text-fg-muted">
              <time dateTime={row.at} title={absoluteTime(row.at)} className="whitespace-nowrap">
                {logTime(row.at, now)}
              </time>
            </Td>
            <Td place="primary">
              <span className="flex min-w-0 items-start gap-2.5">
                <Avatar name={row.actor.name} kind={row.actor.kind} className="mt-px size-5 max-sm:hidden" />
                <span className="min-w-0 flex-1">
                  <ActivityLink href={row.href} id={row.id}>
                    <Sentence actor={row.actor} sentence={row.sentence} object={row.object} />
                  </ActivityLink>
                  {row.request && (
                    <span
                      className="block truncate font-mono text-fg-subtle text-xs"
                      title={`${row.request.method} ${row.request.path}`}
                    >
                      {row.request.method} {decoded(row.request.path)}
                    </span>
                  )}
                </span>
              </span>
            </Td>
            <Td place="aside">
              {row.request ? (
                <StatusChip status={row.request.status} />
              ) : (
                <span className="text-fg-subtle text-xs">Change</span>
              )}
            </Td>
            <Td align="right" place="hidden" className="text-fg-muted">
              {row.request && durationWords(row.request.durationMs)}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const kinds: Record<ActorKind, string> = {
  member: '',
  serviceUser: 'Service user',
  system: 'Muster itself',
  unknown: 'Not identified',
}

export function ActorName({ actor }: { actor: Actor }) {
  return (
    <span className="flex min-w-0 items-center gap-2" title={kinds[actor.kind] || undefined}>
      <Avatar name={actor.name} kind={actor.kind} className="size-5" />
      <span className="truncate">{actor.name}</span>
      {kinds[actor.kind] && <span className="sr-only">({kinds[actor.kind]})</span>}
    </span>
  )
}
