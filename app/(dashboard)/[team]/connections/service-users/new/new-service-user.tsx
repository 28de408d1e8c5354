'use client'

import { useActionState } from 'react'
import { EndChoice } from '#components/connection/end-choice'
import { NameField } from '#components/service-user/name-field'
import { NewToken } from '#components/service-user/new-token'
import { Alert } from '#components/ui/alert'
import { Card, CardBody } from '#components/ui/card'
import { SubmitButton } from '#components/ui/submit-button'
import { makeServiceUser, type TokenState } from '../actions.ts'

export function NewServiceUser(props: { slug: string; scimBaseUrl: string; suggested: string }) {
  const [state, submit] = useActionState(makeServiceUser.bind(null, props.slug), {} as TokenState)
  return (
    <Card>
      <CardBody>
        {state.made ? (
          <NewToken {...state.made} scimBaseUrl={props.scimBaseUrl} />
        ) : (
          <form
            action={submit}
            onReset={(event) => state.typed && event.preventDefault()}
            className="grid gap-5"
          >
            {state.error && (
              <Alert tone="danger" live>
                {state.error}
              </Alert>
            )}
            <NameField
              key={`${state.typed?.name} ${state.typed?.error}`}
              value={state.typed?.name ?? props.suggested}
              error={state.typed?.error}
              suggestion={state.typed?.suggestion}
            />
            <EndChoice what="token" />
            <div>
              <SubmitButton pending="Creating…">Create service user and token</SubmitButton>
            </div>
          </form>
        )}
      </CardBody>
    </Card>
  )
}
