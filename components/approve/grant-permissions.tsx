import { Radio } from '#components/ui/checkbox'
import { Code } from '#components/ui/code'
import { Disclosure } from '#components/ui/disclosure'
import { TextField } from '#components/ui/field'
import { KeyFacts } from '#components/ui/key-facts'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { ApproveClientLine, ApproveHeading } from './approve-heading.tsx'
import type { GrantPermissionsProps } from './approve-types.tsx'
import { Permissions } from './permissions.tsx'
import { UseSuggestion } from './use-suggestion.tsx'

const NAME_ID = 'service-user-name'

/**
 * The Grant permissions card: who asks, for which team, what it may do, the machine identity's name, and the
 * decision. A native form: it works without scripts. Deny works even with an unfit name.
 */
export function GrantPermissions(props: GrantPermissionsProps) {
  const { action, hidden = {}, client, team, existing, endsAt } = props
  const host = new URL(props.redirectUri).host
  return (
    <form
      action={action}
      method={typeof action === 'string' ? 'post' : undefined}
      className="group/grant grid gap-5"
      noValidate
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {/* The form's default button is off, so that Enter in a field decides nothing: approving is a click of its own. */}
      <button type="submit" disabled hidden tabIndex={-1} />
      <ApproveHeading client={client.name} team={team.name} />
      <Who {...props} />
      {existing.length > 0 && <ConnectionChoice {...props} />}
      <Permissions client={client.name} />
      {/* A connection that is kept has its service user already. */}
      <div className="group-has-[[data-replaces]:checked]/grant:hidden">
        <NameField {...props.serviceUserName} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <SubmitButton
          variant="secondary"
          size="lg"
          name="decision"
          value="deny"
          formNoValidate
          pending="Denying…"
        >
          Deny
        </SubmitButton>
        <SubmitButton size="lg" name="decision" value="approve" pending="Approving…">
          Approve
        </SubmitButton>
      </div>
      <p className="text-fg-subtle text-xs">
        You will return to <strong className="font-semibold text-fg [overflow-wrap:anywhere]">{host}</strong>.
        This request ends <TimeAgo iso={endsAt} />. You can disconnect at any time in Connections.
      </p>
      <Disclosure summary="Technical details">
        <KeyFacts
          facts={[
            { label: 'Client id', value: <Code>{client.clientId}</Code> },
            { label: 'Redirect URI', value: <Code>{props.redirectUri}</Code> },
            { label: 'Scopes', value: <Code>{props.scopes.join(' ') || 'none asked for'}</Code> },
          ]}
        />
      </Disclosure>
    </form>
  )
}

function Who({ client, memberEmail, switchAccountHref, team, changeTeamHref }: GrantPermissionsProps) {
  return (
    <div className="grid gap-1.5 text-fg-muted text-sm">
      <ApproveClientLine client={client} />
      <p>
        Signed in as <span className="font-medium text-fg [overflow-wrap:anywhere]">{memberEmail}</span>. Not
        you? <TextLink href={switchAccountHref}>Switch account</TextLink>
      </p>
      <p>
        Team <span className="font-medium text-fg">{team.name}</span> (
        {team.isNew ? 'new: you become its owner' : `you are ${team.role} here`})
        {changeTeamHref && (
          <>
            . <TextLink href={changeTeamHref}>Choose another</TextLink>
          </>
        )}
      </p>
    </div>
  )
}

/** Connected before: one more, or the same one with new tokens. */
function ConnectionChoice({ client, team, existing, connection }: GrantPermissionsProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        {client.name} is already connected to {team.name}
      </legend>
      {existing.map((each) => (
        <Radio
          key={each.id}
          id={`connection-${each.id}`}
          name="connection"
          value={each.id}
          data-replaces=""
          defaultChecked={connection === each.id}
          className={choiceCard}
          label={`Replace the tokens of ${each.name}`}
          description={`For connecting again. Approved by ${each.approvedBy}. Its users and groups stay; its present tokens end when ${client.name} has the new ones.`}
        />
      ))}
      <Radio
        id="connection-new"
        name="connection"
        value="new"
        defaultChecked={connection === 'new'}
        className={choiceCard}
        label="Add a second connection"
        description="With a service user of its own, beside the one that exists."
      />
      <p className="text-fg-subtle text-xs">
        See{' '}
        {existing.map((each, index) => (
          <span key={each.id}>
            {index > 0 && ', '}
            <TextLink href={each.href}>{each.name}</TextLink>
          </span>
        ))}
        .
      </p>
    </fieldset>
  )
}

const choiceCard = 'rounded-md border px-3 py-2 has-checked:border-accent-solid has-checked:bg-accent-soft'

function NameField({ value, error, suggestion }: GrantPermissionsProps['serviceUserName']) {
  return (
    <TextField
      id={NAME_ID}
      name="serviceUserName"
      label="Service user name"
      description="A machine identity made for this connection. It appears in the activity log. 3–63 characters: a–z, 0–9 and -, beginning with a letter; capitals become small."
      error={
        error && (
          <span className="grid gap-1.5">
            {error}
            {suggestion && <UseSuggestion inputId={NAME_ID} name={suggestion} />}
          </span>
        )
      }
      defaultValue={value}
      required
      minLength={3}
      maxLength={63}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      className="[&_input]:h-10 [&_input]:font-mono"
    />
  )
}
