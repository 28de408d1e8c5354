import { Radio } from '#components/ui/radio'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import type { GrantPermissionsProps } from './approve-types.tsx'

const card = 'rounded-md border px-3 py-2 has-checked:border-accent-solid has-checked:bg-accent-soft'

type Props = Pick<GrantPermissionsProps, 'client' | 'team' | 'existing' | 'connection'>

/** Connected before: the same connection with new tokens, or a second one. Each says what approving then does. */
export function ConnectionChoice({ client, team, existing, connection }: Props) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        {client.name} is already connected to {team.name}
      </legend>
      <Radio
        id="connection-new"
        name="connection"
        value="new"
        defaultChecked={connection === 'new'}
        className={card}
        label="Add a second connection"
        description="Approving adds a second connection, with a service user of its own, beside the one that exists."
      />
      {existing.map((each) => (
        <Radio
          key={each.id}
          id={`connection-${each.id}`}
          name="connection"
          value={each.id}
          data-replaces=""
          defaultChecked={connection === each.id}
          className={card}
          label={
            <>
              Replace the tokens of <span className="font-mono">{each.serviceUserName}</span>
            </>
          }
          description={`For connecting again. Its service user, users and groups stay; its present tokens end once ${client.name} has the new ones.`}
        />
      ))}
      <p className="text-fg-subtle text-xs">
        {existing.map((each, index) => (
          <span key={each.id}>
            {index > 0 && ' · '}
            <TextLink href={each.href}>{each.serviceUserName}</TextLink> was approved by {each.approvedBy}{' '}
            <TimeAgo iso={each.approvedAt} />
            {each.ended && '; its tokens have ended'}
          </span>
        ))}
      </p>
    </fieldset>
  )
}
