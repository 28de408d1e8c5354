import { NameField } from '#components/service-user/name-field'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { ApproveClientLine, ApproveHeading } from './approve-heading.tsx'
import type { GrantPermissionsProps } from './approve-types.tsx'
import { ConnectionChoice } from './connection-choice.tsx'
import { Permissions } from './permissions.tsx'

const SUGGEST_FORM = 'suggested-name'

/**
 * The Grant permissions card: who asks, for which team, what it may do, the machine identity's name, and the
 * decision. Native forms: it works without scripts. Deny works even with an unfit name.
 */
export function GrantPermissions(props: GrantPermissionsProps) {
  const { client, team, existing, endsAt, teamField, serviceUserName } = props
  const host = new URL(props.redirectUri).host
  return (
    <>
      <form action={props.action} method="post" className="group/grant grid gap-5" noValidate>
        <input type="hidden" name="proof" value={props.proof} />
        <input type="hidden" {...teamField} />
        {/* The form's default button is off, so that Enter in a field decides nothing: approving is a click of its own. */}
        <button type="submit" disabled hidden tabIndex={-1} />
        <ApproveHeading client={client.name} team={team.name} />
        <Who {...props} />
        <Permissions
          client={client.name}
          clientId={client.clientId}
          redirectUri={props.redirectUri}
          scopes={props.scopes}
        />
        {existing.length > 0 && <ConnectionChoice {...props} />}
        {/* A connection that is kept has its service user already. */}
        <div className="group-has-[[data-replaces]:checked]/grant:hidden">
          <NameField name="serviceUserName" suggestForm={SUGGEST_FORM} {...serviceUserName} />
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
          You will return to{' '}
          <strong className="font-semibold text-fg [overflow-wrap:anywhere]">{host}</strong>. This request
          ends <TimeAgo iso={endsAt} />. You can disconnect at any time in Connections.
        </p>
      </form>
      {serviceUserName.suggestion && (
        // What “Use …” sends where scripts never run: the page anew, with that name in the field.
        <form id={SUGGEST_FORM} action={props.page} method="get">
          <input type="hidden" {...teamField} />
          <input type="hidden" name="connection" value={props.connection} />
          <input type="hidden" name="serviceUserName" value={serviceUserName.suggestion} />
        </form>
      )}
    </>
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
        Team <span className="font-medium text-fg [overflow-wrap:anywhere]">{team.name}</span> (
        {team.isNew ? 'new: you become its owner' : `your role: ${team.role}`})
        {changeTeamHref && (
          <>
            . <TextLink href={changeTeamHref}>Choose another</TextLink>
          </>
        )}
      </p>
    </div>
  )
}
