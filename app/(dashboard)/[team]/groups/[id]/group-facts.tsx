import { Card } from '#components/ui/card'
import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import type { GroupDetail } from '#lib/directory/pages/group-detail'

export function GroupFacts({ slug, group }: { slug: string; group: GroupDetail }) {
  const { externalId, nested, within, managedBy, lastPushAt, lastPushExchangeId } = group
  return (
    <Card className="p-4">
      <KeyFacts
        columns
        facts={[
          ...(managedBy
            ? [
                {
                  label: 'Pushed by',
                  value: <TextLink href={`/${slug}/connections/${managedBy.id}`}>{managedBy.name}</TextLink>,
                },
              ]
            : []),
          ...(lastPushAt
            ? [
                {
                  label: 'Last push',
                  value: lastPushExchangeId ? (
                    <TextLink href={`/${slug}/activity/${lastPushExchangeId}`}>
                      <TimeAgo iso={lastPushAt} />
                    </TextLink>
                  ) : (
                    <TimeAgo iso={lastPushAt} />
                  ),
                },
              ]
            : []),
          { label: group.system ? 'Id' : 'SCIM id', value: group.id, copy: group.id },
          ...(externalId ? [{ label: 'External id', value: externalId, copy: externalId }] : []),
          { label: 'Created', value: <TimeAgo iso={group.createdAt} /> },
          { label: 'Last change', value: <TimeAgo iso={group.updatedAt} /> },
          { label: 'Version', value: String(group.version) },
          ...(nested.length > 0
            ? [{ label: 'Groups inside', value: <Links slug={slug} groups={nested} /> }]
            : []),
          ...(within.length > 0 ? [{ label: 'Inside', value: <Links slug={slug} groups={within} /> }] : []),
        ]}
      />
    </Card>
  )
}

function Links({ slug, groups }: { slug: string; groups: { id: string; name: string }[] }) {
  return (
    <span>
      {groups.map((group, at) => (
        <span key={group.id}>
          {at > 0 && ', '}
          <TextLink href={`/${slug}/groups/${group.id}`}>{group.name}</TextLink>
        </span>
      ))}
    </span>
  )
}
