import { Alert } from '#components/ui/alert'
import { CopyButton } from '#components/ui/copy-button'
import { Disclosure } from '#components/ui/disclosure'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

export type UnresolvedMember = {
  /** The id Okta sent. */
  value: string
  display?: string
  seenAt: string
  /** The request that named them. */
  href?: string
}

/** Members that Okta named and Muster cannot match to a user: kept visible until the next push names somebody Muster has. */
export function UnresolvedMembers({
  members,
  count,
}: {
  /** The first of them. */
  members: readonly UnresolvedMember[]
  count: number
}) {
  return (
    <Alert
      tone="warning"
      title={count === 1 ? '1 member is unresolved' : `${count.toLocaleString('en')} members are unresolved`}
    >
      Okta pushed them with this group, but Muster does not have them. Assign them to the app in Okta, then
      choose Push now for the group.
      <Disclosure summary="Who they are" className="mt-1.5">
        <ul className="grid gap-1">
          {members.map((member) => (
            <li key={member.value} className="flex flex-wrap items-center gap-x-3 text-fg">
              {member.display && <span className="[overflow-wrap:anywhere]">{member.display}</span>}
              <span className="inline-flex items-center font-mono text-xs [overflow-wrap:anywhere]">
                {member.value}
                <CopyButton value={member.value} what={`id ${member.value}`} iconOnly />
              </span>
              {member.href ? (
                <TextLink href={member.href} className="text-xs">
                  <TimeAgo iso={member.seenAt} />
                </TextLink>
              ) : (
                <TimeAgo iso={member.seenAt} className="text-fg-subtle text-xs" />
              )}
            </li>
          ))}
          {count > members.length && <li>and {(count - members.length).toLocaleString('en')} more</li>}
        </ul>
      </Disclosure>
    </Alert>
  )
}
