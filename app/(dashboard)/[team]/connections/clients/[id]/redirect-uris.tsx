import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import type { ClientDetail } from '#lib/connections/client-detail'
import { addUris, removeUri } from '../actions.ts'

export function RedirectUris({
  slug,
  client,
  admin,
}: {
  slug: string
  client: ClientDetail
  admin: boolean
}) {
  return (
    <Card>
      <CardHeader
        title="Redirect URIs"
        description="Where an approval may lead back to. Matched exactly, character by character."
      />
      {client.redirectUris.length === 0 ? (
        <EmptyState title="None registered" className="py-8">
          {client.confidential
            ? 'The client can use client credentials only: nobody can be sent back to it.'
            : 'Nobody can be sent back to the client.'}
        </EmptyState>
      ) : (
        <ul>
          {client.redirectUris.map((uri) => (
            <li
              key={uri}
              className="flex items-center justify-between gap-3 border-b px-4 py-2 last:border-b-0"
            >
              <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{uri}</span>
              {admin && (
                <ConfirmDialog
                  trigger={
                    <Button variant="danger-quiet" size="sm" aria-label={`Remove ${uri}`}>
                      Remove…
                    </Button>
                  }
                  title="Remove this redirect URI?"
                  description={
                    <>
                      Approvals can no longer lead back to{' '}
                      <span className="font-mono text-xs [overflow-wrap:anywhere]">{uri}</span>. Connections
                      that exist go on.
                    </>
                  }
                  confirmLabel="Remove redirect URI"
                  pendingLabel="Removing…"
                  action={removeUri.bind(null, slug, client.id, uri)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {admin && (
        <CardBody className="border-t">
          <ActionForm action={addUris.bind(null, slug, client.id)} className="grid gap-4">
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <TextField
                id="appName"
                name="appName"
                label="The app in Okta"
                description="Its address in Okta’s Admin Console, or its name. Registers the five that Okta’s clouds use."
                optional
                autoComplete="off"
                spellCheck={false}
              />
              <TextField
                id="redirectUri"
                name="redirectUri"
                label="Or a redirect URI"
                description="https://, or http:// on this machine."
                optional
                autoComplete="off"
                spellCheck={false}
              />
            </div>
            <div>
              <SubmitButton variant="secondary" pending="Registering…">
                Register
              </SubmitButton>
            </div>
          </ActionForm>
        </CardBody>
      )}
    </Card>
  )
}
