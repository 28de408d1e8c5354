import { EmptyState } from '#components/ui/empty-state'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

export type GroupOfUser = {
  id: string
  name: string
  href?: string
  /** False: through a group inside it. */
  direct: boolean
  addedAt?: string
}
export type FormerGroup = { id: string; name?: string; href: string; endedAt: string }

const FORMER = 8

/** The groups somebody is in, since when, and those they have left. */
export function GroupList({
  groups,
  former = [],
}: {
  groups: readonly GroupOfUser[]
  former?: readonly FormerGroup[]
}) {
  return (
    <>
      {groups.length === 0 ? (
        <EmptyState compact title="In no group" />
      ) : (
        <ul className="text-sm">
          {groups.map((group) => (
            <li
              key={group.id}
              data-live={group.id}
              className="flex flex-wrap justify-between gap-x-4 border-b px-4 py-2 last:border-b-0"
            >
              {group.href ? (
                <TextLink quiet href={group.href} className="min-w-0 [overflow-wrap:anywhere]">
                  {group.name}
                </TextLink>
              ) : (
                <span className="font-medium">{group.name}</span>
              )}
              <span className="text-fg-subtle">
                {!group.direct && 'through a group inside it'}
                {group.direct && group.addedAt && (
                  <>
                    since <TimeAgo iso={group.addedAt} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {former.length > 0 && (
        <p className="border-t px-4 py-2.5 text-fg-muted text-sm [overflow-wrap:anywhere]">
          Before:{' '}
          {former.slice(0, FORMER).map((group, at) => (
            <span key={`${group.id} ${group.endedAt}`}>
              {at > 0 && ', '}
              {group.name ? <TextLink href={group.href}>{group.name}</TextLink> : 'a removed group'} (until{' '}
              <TimeAgo iso={group.endedAt} />)
            </span>
          ))}
        </p>
      )}
    </>
  )
}
