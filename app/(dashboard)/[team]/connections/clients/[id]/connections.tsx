import { ConnectionStatus } from '#components/connection/connection-status'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { Disclosure } from '#components/ui/disclosure'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import type { ClientDetail } from '#lib/connections/client-detail'
import { connect } from '../actions.ts'

type Props = { slug: string; client: ClientDetail; admin: boolean; suggested: string }

/** What was approved for this client, and the way to connect one that has no browser. */
export function Connections({ slug, client, admin, suggested }: Props) {
  const live = client.connections.some((each) => !each.disconnectedAt)
  return (
    <Card>
      <CardHeader title="Connections" description="What was approved for this client in this team." />
      {client.connections.length === 0 ? (
        <CardBody className="text-fg-muted text-sm">
          None yet. One is made when somebody approves the client’s request
          {client.kind === 'okta' ? ', by “Authenticate with Muster” in Okta.' : '.'}
        </CardBody>
      ) : (
        <ul className="text-sm">
          {client.connections.map((each) => (
            <li
              key={each.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2.5 last:border-b-0"
            >
              <span className="min-w-0">
                <TextLink quiet href={`/${slug}/connections/${each.id}`}>
                  {each.name}
                </TextLink>{' '}
                <span className="font-mono text-fg-subtle text-xs">{each.serviceUserName}</span>
              </span>
              <ConnectionStatus state={each.health} />
            </li>
          ))}
        </ul>
      )}
      {admin && client.confidential && !live && (
        <CardBody className="border-t">
          <Disclosure summary="Connect it without a browser (client credentials)">
            <ActionForm action={connect.bind(null, slug, client.id)} className="grid gap-3 pt-1">
              <TextField
                id="serviceUser"
                name="name"
                label="Service user name"
                description="For Entra and scripts: the client gets its tokens from the token endpoint with its id and secret alone."
                defaultValue={suggested}
                required
                minLength={3}
                maxLength={63}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                className="max-w-96 [&_input]:font-mono"
              />
              <div>
                <SubmitButton variant="secondary" pending="Connecting…">
                  Connect {client.name}
                </SubmitButton>
              </div>
            </ActionForm>
          </Disclosure>
        </CardBody>
      )}
    </Card>
  )
}
