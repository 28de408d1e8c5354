'use client'

import { useActionState } from 'react'
import { Alert } from '#components/ui/alert'
import { CopyField } from '#components/ui/copy-field'
import { SubmitButton } from '#components/ui/submit-button'
import { newClientSecret, newToken, type SecretState } from './actions.ts'

/** A new secret for a client, shown once right here. */
export function ClientSecretForm({ slug, clientRowId }: { slug: string; clientRowId: string }) {
  return (
    <OnceForm
      action={newClientSecret.bind(null, slug, clientRowId)}
      label="New secret"
      shown="Client secret"
    />
  )
}

/** A new static token for a connection, shown once right here. */
export function NewTokenForm({ slug, connectionId }: { slug: string; connectionId: string }) {
  return <OnceForm action={newToken.bind(null, slug, connectionId)} label="New token" shown="Bearer token" />
}

function OnceForm({
  action,
  label,
  shown,
}: {
  action: (state: SecretState) => Promise<SecretState>
  label: string
  shown: string
}) {
  const [state, submit] = useActionState(action, {} as SecretState)
  return (
    <form action={submit} className="grid gap-2">
      {state.error && (
        <Alert tone="danger" live>
          {state.error}
        </Alert>
      )}
      {state.secret ? (
        <>
          <CopyField label={shown} value={state.secret} />
          <Alert tone="warning">Copy it now: it is shown once. What was valid before ends in 2 days.</Alert>
        </>
      ) : (
        <div>
          <SubmitButton variant="secondary" size="sm" pending="Making…">
            {label}
          </SubmitButton>
        </div>
      )}
    </form>
  )
}
