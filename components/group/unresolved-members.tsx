import { Alert } from '#components/ui/alert'
import { Disclosure } from '#components/ui/disclosure'
import { TimeAgo } from '#components/ui/time-ago'

export type UnresolvedMember = {
  /** The id Okta sent. */
  value: string
  display?: string
  seenAt: string
}

/** Members that Okta named and Muster cannot match to a user: kept visible until the next push names somebody Muster has. */
export function UnresolvedMembers({ members }: { members: readonly UnresolvedMember[] }) {
  const people = members.length === 1 ? '1 member is' : `${members.length.toLocaleString('en')} members are`
  return (
    <Alert tone="warning" title={`${people} unresolved`}>
      Okta pushed them with this group, but Muster does not have them. Assign them to the app in Okta, then
      choose Push now for the group.
      <Disclosure summary="Show them" className="mt-2">
        <ul className="grid gap-1">
          {members.map((member) => (
            <li key={member.value} className="flex flex-wrap gap-x-3">
              <span className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">{member.value}</span>
              {member.display && <span>{member.display}</span>}
              <TimeAgo iso={member.seenAt} className="text-fg-subtle" />
            </li>
          ))}
        </ul>
      </Disclosure>
    </Alert>
  )
}
