import type { ReactNode } from 'react'
import { Alert } from '#components/ui/alert'
import { CopyField } from '#components/ui/copy-field'
import { type Step, Steps } from '#components/ui/steps'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

/** A fact the server saw. */
export type Seen = { at: string; what: string; href?: string }

export type SetupFacts = {
  scimBaseUrl: string
  authorizationEndpoint: string
  tokenEndpoint: string
  /** Known once the app is registered; the secret only on the page right after. */
  clientId?: string
  clientSecret?: string
  clientName?: string
  appName?: string
  /** Where a new secret is made when the first one was not copied. */
  newSecretHref?: string
  connectionHref?: string
  approved?: Seen
  tested?: Seen
  firstUser?: Seen
  firstGroup?: Seen
  /** For whoever is stuck: the last request that came, good or bad. */
  lastRequest?: { summary: string; at: string; failed: boolean; href: string }
}

/**
 * The guided setup of a connection from Okta: the person stays in Okta with this page beside, and ticks arrive as
 * the server sees each step happen. `register` is the form that asks for the app's address in Okta.
 */
export function SetupSteps({
  facts,
  register,
  done: finished,
}: {
  facts: SetupFacts
  register: ReactNode
  /** Shown above the steps once all are done. */
  done: ReactNode
}) {
  const registered = Boolean(facts.clientId)
  const done = [registered, facts.approved, facts.approved, facts.tested, facts.firstUser, facts.firstGroup]
  const next = done.findIndex((fact) => !fact)
  const state = (index: number): Step['state'] =>
    done[index] ? 'done' : index === next ? 'current' : 'waiting'
  const outcome = (seen?: Seen) => seen && <Outcome seen={seen} />

  return (
    <div className="grid gap-4">
      {next === -1 && finished}
      <Steps
        steps={[
          { id: 'create', title: 'Create the app in Okta', state: state(0), body: register },
          {
            id: 'paste',
            title: 'Paste these into Okta’s SCIM connection form',
            state: state(1),
            body: registered && next === 1 && <PasteFields facts={facts} />,
          },
          {
            id: 'approve',
            title: 'Authenticate in Okta, approve here',
            state: state(2),
            outcome: outcome(facts.approved),
            body: 'In Okta, open Provisioning → Integration and choose “Authenticate with Muster”. You come back here to approve.',
          },
          {
            id: 'test',
            title: 'Test the connection',
            state: state(3),
            outcome: outcome(facts.tested),
            body: 'Choose “Test API Credentials” in Okta, or Save. The tick appears when Okta’s request arrives.',
          },
          {
            id: 'user',
            title: 'Assign a person',
            state: state(4),
            outcome: outcome(facts.firstUser),
            body: 'Under To App, tick Create Users, Update User Attributes and Deactivate Users. Then assign one person under Assignments.',
          },
          {
            id: 'group',
            title: 'Push a group',
            state: state(5),
            outcome: outcome(facts.firstGroup),
            body: 'Under Push Groups, find a group by name and tick “Push group memberships immediately”.',
          },
        ]}
      />
      {registered && next !== -1 && <Stuck lastRequest={facts.lastRequest} />}
    </div>
  )
}

/** For whoever waits for a tick: what the server heard last, good or bad. */
function Stuck({ lastRequest }: Pick<SetupFacts, 'lastRequest'>) {
  return (
    <p role="status" className="text-fg-muted text-sm">
      {lastRequest ? (
        <>
          Stuck? Last request seen:{' '}
          <TextLink href={lastRequest.href} className={lastRequest.failed ? 'text-danger' : undefined}>
            {lastRequest.summary}
          </TextLink>
          , <TimeAgo iso={lastRequest.at} />
        </>
      ) : (
        'No request of this app has arrived yet.'
      )}
    </p>
  )
}

function Outcome({ seen }: { seen: Seen }) {
  return (
    <>
      {seen.href ? <TextLink href={seen.href}>{seen.what}</TextLink> : seen.what}, <TimeAgo iso={seen.at} />
    </>
  )
}

function PasteFields({ facts }: { facts: SetupFacts }) {
  return (
    <div className="grid gap-4 text-fg">
      <p className="text-fg-muted">
        Provisioning → Integration → Edit. Supported actions: all three of Push, and Import if you like.
        Authentication mode: OAuth 2.
      </p>
      <CopyField label="SCIM connector base URL" value={facts.scimBaseUrl} />
      <CopyField label="Unique identifier field for users" value="userName" />
      <CopyField label="Authorization endpoint URI" value={facts.authorizationEndpoint} />
      <CopyField label="Access token endpoint URI" value={facts.tokenEndpoint} />
      <CopyField label="Client ID" value={facts.clientId ?? ''} />
      {facts.clientSecret ? (
        <>
          <CopyField label="Client Secret" value={facts.clientSecret} />
          <Alert tone="warning">
            Copy the secret now: it is shown once. A lost secret is replaced, never read again.
          </Alert>
        </>
      ) : (
        <p className="text-fg-muted">
          The client secret was shown once.{' '}
          {facts.newSecretHref && <TextLink href={facts.newSecretHref}>Make a new one</TextLink>} if it is
          lost.
        </p>
      )}
    </div>
  )
}
