'use client'

import { useActionState } from 'react'
import { EndChoice, OverlapChoice } from '#components/connection/end-choice'
import { NewToken } from '#components/service-user/new-token'
import { Alert } from '#components/ui/alert'
import { Card, CardBody } from '#components/ui/card'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { makeToken, type TokenState } from '../../actions.ts'

export function NewTokenForm(props: {
  slug: string
  id: string
  scimBaseUrl: string
  /** There is a live one that this one takes the place of. */
  replaces: boolean
  suggestedEnd: string
}) {
  const [state, submit] = useActionState(makeToken.bind(null, props.slug, props.id), {} as TokenState)
  return (
    <Card>
      <CardBody>
        {state.made ? (
          <NewToken {...state.made} scimBaseUrl={props.scimBaseUrl} />
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
            {props.replaces && (
              <OverlapChoice legend="The present token ends" suggested={props.suggestedEnd} />
            )}
            <EndChoice what="new token" />
            <div className="flex flex-wrap gap-2">
              <SubmitButton pending="Making…">
                {props.replaces ? 'Rotate the token' : 'Make a token'}
              </SubmitButton>
              <LinkButton href={`/${props.slug}/connections/service-users/${props.id}`} variant="ghost">
                Cancel
              </LinkButton>
            </div>
          </form>
        )}
      </CardBody>
    </Card>
  )
}
