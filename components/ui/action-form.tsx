'use client'

import { type ComponentProps, type ReactNode, useActionState } from 'react'
import { Alert } from './alert.tsx'

/** What a server action says of a form: an error, or what was done. */
export type FormState = { error?: string; done?: string }
export type FormStateAction = (state: FormState, form: FormData) => Promise<FormState>

/**
 * A form whose result stays with it: the error above its fields, read out, and what was typed still in them (React would
 * empty them after each answer). Works without JavaScript as well.
 */
export function ActionForm({
  action,
  children,
  ...props
}: Omit<ComponentProps<'form'>, 'action'> & { action: FormStateAction; children: ReactNode }) {
  const [state, submit] = useActionState(action, {})
  return (
    <form action={submit} onReset={(event) => state.error && event.preventDefault()} {...props}>
      {state.error && (
        <Alert tone="danger" live>
          {state.error}
        </Alert>
      )}
      {state.done && (
        <Alert tone="success" live>
          {state.done}
        </Alert>
      )}
      {children}
    </form>
  )
}
