import { type ActorKind, Avatar } from '#components/ui/avatar'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { durationWords } from '#components/ui/time-words'
import { StatusChip } from './status-chip.tsx'

export type Actor = { kind: ActorKind; name: string }

export type ActivityRow = {
  id: string
  href: string
  at: string
  actor: Actor
  /** What it did, in words: "removed 2 members from Ops". */
  sentence: string
  /** Exchanges: the request line. Changes made in Muster have none. */
  request?: { method: string; path: string; status: number; durationMs: number }
}

/** One list, two kinds: exchanges (requests) and changes people made in Muster. */
export function ActivityTable({
  rows,
  caption = 'Activity',
}: {
  rows: readonly ActivityRow[]
  caption?: string
}) {
  return (
    <Table caption={caption}>
      <TableHead>
        <Th>What happened</Th>
        <Th>Who</Th>
        <Th>Status</Th>
        <Th align="right">Took</Th>
        <Th align="right">When</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td place="primary">
              <TextLink quiet href={row.href} className="block truncate" title={row.sentence}>
                {row.sentence}
              </TextLink>
              {row.request && (
                <span
                  className="block truncate font-mono text-fg-subtle text-xs"
                  title={`${row.request.method} ${row.request.path}`}
                >
                  {row.request.method} {row.request.path}
                </span>
              )}
            </Td>
            <Td className="sm:max-w-52">
              <ActorName actor={row.actor} />
            </Td>
            <Td place="aside">{row.request && <StatusChip status={row.request.status} />}</Td>
            <Td align="right" place="hidden" className="text-fg-muted">
              {row.request && durationWords(row.request.durationMs)}
            </Td>
            <Td align="right" className="text-fg-muted">
              <TimeAgo iso={row.at} />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
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
      <Avatar name={actor.name} kind={actor.kind} className="size-5 max-sm:hidden" />
      <span className="truncate">{actor.name}</span>
      {kinds[actor.kind] && <span className="sr-only">({kinds[actor.kind]})</span>}
    </span>
  )
}
