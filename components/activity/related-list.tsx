import { Card, CardHeader } from '#components/ui/card'
import { TimeAgo } from '#components/ui/time-ago'
import { StatusChip } from './status-chip.tsx'

export type Related = { id: string; href: string; at: string; sentence: string; status?: number }

/** What else happened to the same user, group or connection. Plain links: each opens as a page. */
export function RelatedList({ related, allHref }: { related: readonly Related[]; allHref?: string }) {
  if (related.length === 0) return null
  return (
    <Card>
      <CardHeader
        title="Related"
        description="The same resource, newest first."
        action={
          allHref && (
            <a href={allHref} className="rounded-sm text-accent text-sm underline underline-offset-3">
              All
            </a>
          )
        }
      />
      <ul className="text-sm">
        {related.map((other) => (
          <li key={other.id} className="flex items-center gap-3 border-b px-4 py-2 last:border-b-0">
            <a
              href={other.href}
              className="min-w-0 flex-1 truncate rounded-sm underline-offset-3 hover:underline"
              title={other.sentence}
            >
              {other.sentence}
            </a>
            <TimeAgo iso={other.at} className="text-fg-subtle text-xs" />
            {other.status !== undefined && <StatusChip status={other.status} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}
