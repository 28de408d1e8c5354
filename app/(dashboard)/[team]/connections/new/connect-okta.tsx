'use client'

import { useRouter } from 'next/navigation'
import { useActionState, useEffect } from 'react'
import { type SetupFacts, SetupSteps } from '#components/connection/setup-steps'
import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { registerClient, type SecretState } from '../actions.ts'

/** The guided set-up. The secret lives in this form's answer only; the page's address names the client, not the secret. */
export function ConnectOkta({ slug, facts }: { slug: string; facts: SetupFacts }) {
  const [state, submit] = useActionState(registerClient.bind(null, slug), {} as SecretState)
  const router = useRouter()
  const { clientRowId } = state
  useEffect(() => {
    if (clientRowId) router.replace(`/${slug}/connections/new?client=${clientRowId}`)
  }, [clientRowId, router, slug])
  const known = { ...facts, clientId: facts.clientId ?? state.clientId, clientSecret: state.secret }
  return (
    <SetupSteps
      facts={known}
      register={
        known.clientId ? (
          'Registered. In Okta, open the app’s Provisioning tab and choose Configure API Integration.'
        ) : (
          <form action={submit} className="grid gap-4 text-fg">
            {state.error && (
              <Alert tone="danger" live>
                {state.error}
              </Alert>
            )}
            <TextField
              id="name"
              name="name"
              label="What to call it"
              description="The approve page and the connection carry this name."
              defaultValue="Okta"
              maxLength={60}
              required
              autoComplete="off"
            />
            <TextField
              id="appName"
              name="appName"
              label="The app’s name in Okta"
              description="Paste the address of the app in Okta’s Admin Console, or the part of it between /app/ and /instance/. Muster registers the five redirect URIs that Okta uses for it."
              optional
              autoComplete="off"
            />
            <TextField
              id="redirectUri"
              name="redirectUri"
              label="Another redirect URI"
              description="Only for another host, such as a test stand-in. It is matched exactly."
              optional
              autoComplete="off"
            />
            <div>
              <SubmitButton pending="Registering…">Register the app</SubmitButton>
            </div>
          </form>
        )
      }
    />
  )
}
