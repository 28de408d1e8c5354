import { UnresolvedMembers } from '#components/group/unresolved-members'
import { Alert } from '#components/ui/alert'
import { LinkButton } from '#components/ui/link-button'
import type { GroupDetail } from '#lib/directory/pages/group-detail'

/** What is wrong with a group's push, why, and what to do: above everything else on its page. */
export function GroupNotices({ slug, group }: { slug: string; group: GroupDetail }) {
  const { push, managedBy, errorExchangeId, unresolved } = group
  const failed = push.status === 'error'
  const ended = push.status === 'inactive' && managedBy && push.cause
  if (!failed && !ended && unresolved.length === 0) return null
  return (
    <div className="mb-6 grid gap-3">
      {failed && (
        <Alert
          tone="danger"
          title={push.cause}
          action={
            errorExchangeId && (
              <LinkButton size="sm" href={`/${slug}/activity/${errorExchangeId}`}>
                View request
              </LinkButton>
            )
          }
        >
          {push.remedy}
        </Alert>
      )}
      {ended && <Alert title={push.cause}>{push.remedy}</Alert>}
      {unresolved.length > 0 && (
        <UnresolvedMembers
          count={group.unresolvedCount}
          members={unresolved.map((each) => ({
            value: each.value,
            display: each.display,
            seenAt: each.addedAt,
            href: each.exchangeId && `/${slug}/activity/${each.exchangeId}`,
          }))}
        />
      )}
    </div>
  )
}
