'use client'

import { useActionState } from 'react'
import { FirstRunForm } from '#components/sign-in/first-run-form'
import { type SetupState, setUp } from './actions.ts'

export function SetupForm({ token }: { token: string }) {
  const [state, action] = useActionState(setUp, {} as SetupState)
  return (
    <FirstRunForm
      action={action}
      hidden={{ token }}
      values={state.values}
      errors={state.errors}
      formError={state.formError}
    />
  )
}
