'use client'

import { useRouter } from 'next/navigation'
import { useActionState, useEffect } from 'react'
import { RegisterApp } from '#components/connection/register-app'
import { NextSteps } from '#components/connection/setup-next'
import { type SetupFacts, SetupSteps } from '#components/connection/setup-steps'
import { type ClientState, registerClient } from '../clients/actions.ts'

/** The guided set-up. The secret lives in this form's answer only; the page's address names the client, not the secret. */
export function ConnectOkta({
  slug,
  facts,
  clientHref,
}: {
  slug: string
  facts: SetupFacts
  clientHref: string | undefined
}) {
  const [state, submit] = useActionState(registerClient.bind(null, slug), {} as ClientState)
  const router = useRouter()
  const { made } = state
  useEffect(() => {
    if (made) router.replace(`/${slug}/connections/new?client=${made.clientRowId}`)
  }, [made, router, slug])
  const known: SetupFacts = {
    ...facts,
    clientId: facts.clientId ?? made?.clientId,
    clientSecret: made?.secret,
    newSecretHref: clientHref && `${clientHref}/secret`,
  }
  return (
    <SetupSteps
      facts={known}
      register={
        known.clientId ? (
          <>
            Registered as {facts.clientName ?? 'Okta'}
            {facts.appName && (
              <>
                {' '}
                for <span className="font-mono text-xs">{facts.appName}</span>
              </>
            )}
            . In Okta, open the app’s Provisioning tab and choose Configure API Integration.
          </>
        ) : (
          <RegisterApp action={submit} error={state.error} />
        )
      }
      done={<NextSteps slug={slug} connectionHref={facts.connectionHref} />}
    />
  )
}
