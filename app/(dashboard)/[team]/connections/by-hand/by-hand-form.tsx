'use client'

import { useActionState } from 'react'
import { Alert } from '#components/ui/alert'
import { Card, CardBody } from '#components/ui/card'
import { CopyField } from '#components/ui/copy-field'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { makeByHand, type SecretState } from '../actions.ts'

export function ByHand({ slug, scimBaseUrl }: { slug: string; scimBaseUrl: string }) {
  const [state, submit] = useActionState(makeByHand.bind(null, slug), {} as SecretState)
  return (
    <Card>
      <CardBody className="grid gap-4">
        {state.secret ? (
          <>
            <CopyField label="SCIM connector base URL" value={scimBaseUrl} />
            <CopyField label="Bearer token" value={state.secret} />
            <Alert tone="warning">
              Copy the token now: it is shown once. A lost token is replaced, never read again.
            </Alert>
            <div>
              <LinkButton href={`/${slug}/connections/${state.connectionId}`}>Open the connection</LinkButton>
            </div>
          </>
        ) : (
          <form action={submit} className="grid gap-4">
            {state.error && (
              <Alert tone="danger" live>
                {state.error}
              </Alert>
            )}
            <TextField
              id="name"
              name="name"
              label="Service user name"
              description="3 to 63 characters: a–z, 0–9 and -. It appears in the activity log."
              required
              autoComplete="off"
              spellCheck={false}
            />
            <div>
              <SubmitButton pending="Creating…">Create service user and token</SubmitButton>
            </div>
          </form>
        )}
      </CardBody>
    </Card>
  )
}
