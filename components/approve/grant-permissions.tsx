import { ArrowLeftRight } from 'lucide-react'
import { Alert } from '#components/ui/alert'
import { Badge } from '#components/ui/badge'
import { ClientMark } from '#components/ui/client-mark'
import { Code } from '#components/ui/code'
import { Disclosure } from '#components/ui/disclosure'
import { TextField } from '#components/ui/field'
import { KeyFacts } from '#components/ui/key-facts'
import { LogoMark } from '#components/ui/logo'
import { RadioGroup } from '#components/ui/radio-group'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { dateWords } from '#components/ui/time-words'
import type { GrantPermissionsProps } from './approve-types.tsx'
import { Permissions } from './permissions.tsx'
import { UseSuggestion } from './use-suggestion.tsx'

const NAME_ID = 'service-user-name'

/**
 * The Grant permissions card: who asks, for which team, what it may do, the machine identity's name, and the
 * decision. A native form: it works without scripts. Deny works even with an unfit name.
 */
export function GrantPermissions(props: GrantPermissionsProps) {
  const { action, hidden = {}, client, teams, teamId, endsAt } = props
  const team = teams.find((candidate) => candidate.id === teamId)
  const host = new URL(props.redirectUri).host
  return (
    <form action={action} method={typeof action === 'string' ? 'post' : undefined} className="grid gap-5">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {/* The form's default button is off, so that Enter in a field decides nothing: approving is a click of its own. */}
      <button type="submit" disabled hidden tabIndex={-1} />
      <Heading client={client.name} team={team?.name ?? 'your team'} />
      <Who {...props} />
      {teams.length > 1 ? (
        <TeamChoice teams={teams} teamId={teamId} />
      ) : (
        <input type="hidden" name="teamId" value={teamId} />
      )}
      {props.formError && (
        <Alert tone="danger" live>
          {props.formError}
        </Alert>
      )}
      {props.mayAddTeam && (
        <TextField
          id="new-team"
          name="newTeam"
          label="Add a team"
          description={
            teams.length > 0
              ? 'Write a name here to connect a new team instead.'
              : 'You administer no team yet. Name the one to connect.'
          }
          optional={teams.length > 0}
          autoComplete="off"
          maxLength={60}
        />
      )}
      {props.existingConnectionHref && (
        <Alert tone="info" title="Approving adds a second connection">
          {client.name} is already connected to {team?.name}.{' '}
          <TextLink href={props.existingConnectionHref}>See that connection</TextLink>
          {props.existingConnectionId && (
            <label className="mt-2 flex items-center gap-2">
              <input type="checkbox" name="replace" value={props.existingConnectionId} />
              Replace its tokens instead; it keeps its service user
            </label>
          )}
        </Alert>
      )}
      <Permissions client={client.name} />
      <NameField {...props.serviceUserName} />
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

function Heading({ client, team }: { client: string; team: string }) {
  return (
    <div>
      <p className="mb-4 flex items-center gap-3 text-fg-subtle">
        <LogoMark className="size-10" />
        <ArrowLeftRight aria-hidden="true" className="size-4" />
        <ClientMark name={client} className="size-10 rounded-[0.625rem]" />
      </p>
      <p className="font-medium text-fg-subtle text-xs">Grant permissions</p>
      <h1 className="font-semibold text-xl">
        Connect {client} to {team}
      </h1>
    </div>
  )
}

function Who({ client, memberEmail, switchAccountHref, teams, teamId }: GrantPermissionsProps) {
  const role = teams.find((team) => team.id === teamId)?.role
  return (
    <div className="grid gap-1.5 text-fg-muted text-sm">
      <p>
        <span className="font-medium text-fg">{client.name}</span>{' '}
        {client.verified && <Badge tone="success">Verified</Badge>} (client <Code>{client.clientId}</Code>
        {client.registeredBy && <>, registered by {client.registeredBy}</>}
        {client.registeredAt && <>, {dateWords(client.registeredAt)}</>})
      </p>
      {!client.verified && (
        <Alert tone="warning">Not verified: check that you started this in {client.name} yourself.</Alert>
      )}
      <p>
        Signed in as <span className="font-medium text-fg">{memberEmail}</span>
        {role && <> ({role})</>}. Not you? <TextLink href={switchAccountHref}>Switch account</TextLink>
      </p>
    </div>
  )
}

function TeamChoice({ teams, teamId }: Pick<GrantPermissionsProps, 'teams' | 'teamId'>) {
  return (
    <RadioGroup
      boxed
      name="teamId"
      legend="Team"
      defaultValue={teamId}
      options={teams.map((team) => ({
        value: team.id,
        label: team.name,
        description: team.reason ?? `You are ${team.role} here`,
        disabled: Boolean(team.reason),
      }))}
    />
  )
}

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
