import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

export type GrantRow = {
  id: string
  name: string
  href: string
  /** "by dana@acme.com", "by the rule “Ops *”", "from the start" */
  grantedBy: string
  grantedAt: string
  /** What the role permits, or what the group is. */
  description?: string
}

/** Grants seen from either end: the roles of a group, or the groups of a role. `remove` renders the act per row. */
export function GrantList({
  grants,
  remove,
}: {
  grants: readonly GrantRow[]
  remove?: (grant: GrantRow) => ReactNode
}) {
  return (
    <ul className="text-sm">
      {grants.map((grant) => (
        <li key={grant.id} className="flex items-center gap-4 border-b px-4 py-3 last:border-b-0">
          <div className="min-w-0 flex-1">
            <TextLink quiet href={grant.href}>
              {grant.name}
            </TextLink>
            {grant.description && <p className="text-fg-muted text-xs">{grant.description}</p>}
            <p className="text-fg-subtle text-xs">
              Granted {grant.grantedBy}, <TimeAgo iso={grant.grantedAt} />
            </p>
          </div>
          {remove?.(grant)}
        </li>
      ))}
    </ul>
  )
}
