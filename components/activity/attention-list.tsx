'use client'

import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { cn } from '#components/ui/cn'
import { EmptyState } from '#components/ui/empty-state'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

export type Concern = {
  id: string
  tone: 'danger' | 'warning'
  /** What it is about: a group, a connection, a request. */
  title: string
  href: string
  /** What kind of trouble: “Error”, “2 unresolved”, “409”. */
  word: string
  cause: string
  remedy: string
  at?: string
  /** How often in the last day. */
  count?: number
}

/** What has not arrived, why, and what to do about it; the most pressing first. */
export function AttentionList({
  concerns,
  awaiting,
  moreHref,
}: {
  concerns: readonly Concern[]
  /** Nobody is connected who could have sent anything. */
  awaiting: boolean
  /** Where the rest is, when this is not all. */
  moreHref?: string
}) {
  if (concerns.length === 0 && awaiting)
    return (
      <EmptyState compact title="Nothing has been sent yet">
        What Okta sends and does not arrive shows here, with what to do about it.
      </EmptyState>
    )
  if (concerns.length === 0)
    return (
      <p className="flex items-center gap-3 px-4 py-5 text-sm">
        <CircleCheck aria-hidden="true" className="size-5 shrink-0 text-success" />
        <span>
          <span className="block font-medium">Everything that was sent has arrived</span>
          <span className="text-fg-muted">
            No group is in Error, no member is unresolved, no request of the last day was refused.
          </span>
        </span>
      </p>
    )
  return (
    <ul data-slot="attention-list" className="text-sm">
      {concerns.map((concern) => (
        <ConcernRow key={concern.id} concern={concern} />
      ))}
      {moreHref && (
        <li className="px-4 py-2.5">
          <TextLink href={moreHref}>All errors of the last 24 hours</TextLink>
        </li>
      )}
    </ul>
  )
}

function ConcernRow({ concern }: { concern: Concern }) {
  const { tone, title, href, word, cause, remedy, at, count } = concern
  const Icon = tone === 'danger' ? CircleAlert : TriangleAlert
  const color = tone === 'danger' ? 'text-danger' : 'text-warning'
  return (
    <li
      data-live={concern.id}
      data-version={`${at} ${count} ${word}`}
      className="flex gap-3 border-b px-4 py-3 last:border-b-0"
    >
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', color)} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <TextLink quiet href={href} className="min-w-0 truncate" title={title}>
            {title}
          </TextLink>
          <span className={cn('font-medium text-xs', color)}>{word}</span>
          <span className="ml-auto whitespace-nowrap text-fg-subtle text-xs tabular-nums">
            {count !== undefined && count > 1 && `${count.toLocaleString('en')} times, `}
            {at && <TimeAgo iso={at} />}
          </span>
        </p>
        <p className="mt-0.5 text-pretty [overflow-wrap:anywhere]">{cause}</p>
        <p className="mt-0.5 text-pretty text-fg-muted">{remedy}</p>
      </div>
    </li>
  )
}
