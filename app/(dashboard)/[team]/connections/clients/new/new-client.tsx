'use client'

import { useActionState } from 'react'
import { ClientCredentials } from '#components/connection/client-credentials'
import { Alert } from '#components/ui/alert'
import { Card, CardBody } from '#components/ui/card'
import { TextareaField, TextField } from '#components/ui/field'
import { RadioGroup } from '#components/ui/radio-group'
import { SubmitButton } from '#components/ui/submit-button'
import type { OAuthEndpoints } from '../../oauth-endpoints.ts'
import { type ClientState, registerClient } from '../actions.ts'

export function NewClient({ slug, endpoints }: { slug: string; endpoints: OAuthEndpoints }) {
  const [state, submit] = useActionState(registerClient.bind(null, slug), {} as ClientState)
  const { made } = state
  return (
    <Card>
      <CardBody>
        {made ? (
          <ClientCredentials
            endpoints={endpoints}
            clientId={made.clientId}
            secret={made.secret}
            href={`/${slug}/connections/clients/${made.clientRowId}`}
          />
        ) : (
          <form
            action={submit}
            onReset={(event) => state.error && event.preventDefault()}
            className="grid gap-5"
          >
            {state.error && (
              <Alert tone="danger" live>
                {state.error}
              </Alert>
            )}
            <input type="hidden" name="kind" value="other" />
            <TextField
              id="name"
              name="name"
              label="Name"
              description="The approve page and the connection carry it."
              required
              maxLength={60}
              autoComplete="off"
            />
            <RadioGroup
              boxed
              name="type"
              legend="What it can keep"
              defaultValue="confidential"
              options={[
                {
                  value: 'confidential',
                  label: 'A secret',
                  description:
                    'A server: Okta, Entra, a script. It may also use client credentials, without a browser.',
                },
                {
                  value: 'public',
                  label: 'No secret',
                  description:
                    'A program on somebody’s own machine. It must use PKCE with S256, and notices a copied token sooner.',
                },
              ]}
            />
            <TextareaField
              id="redirectUri"
              name="redirectUri"
              label="Redirect URIs"
              description="One a line, matched exactly. Empty only for a client that uses client credentials alone."
              rows={3}
              spellCheck={false}
              placeholder="https://example.com/oauth/callback"
              className="[&_textarea]:font-mono [&_textarea]:text-xs"
            />
            <div>
              <SubmitButton pending="Registering…">Register the client</SubmitButton>
            </div>
          </form>
        )}
      </CardBody>
    </Card>
  )
}
