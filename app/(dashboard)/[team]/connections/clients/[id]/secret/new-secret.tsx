'use client'

import { useActionState } from 'react'
import { ClientCredentials } from '#components/connection/client-credentials'
import { OverlapChoice } from '#components/connection/end-choice'
import { Alert } from '#components/ui/alert'
import { Card, CardBody } from '#components/ui/card'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { type ClientState, newSecret } from '../../actions.ts'

export function NewSecret({ slug, id, suggestedEnd }: { slug: string; id: string; suggestedEnd: string }) {
  const [state, submit] = useActionState(newSecret.bind(null, slug, id), {} as ClientState)
  const href = `/${slug}/connections/clients/${id}`
  return (
    <Card>
      <CardBody>
        {state.made ? (
          <ClientCredentials secret={state.made.secret} othersEndAt={state.made.othersEndAt} href={href} />
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
            <OverlapChoice legend="The present secret ends" suggested={suggestedEnd} />
            <div className="flex flex-wrap gap-2">
              <SubmitButton pending="Making…">Make a new secret</SubmitButton>
              <LinkButton href={href} variant="ghost">
                Cancel
              </LinkButton>
            </div>
          </form>
        )}
      </CardBody>
    </Card>
  )
}
