'use client'

import { useActionState, useRef } from 'react'
import type { FormState, FormStateAction } from '#components/ui/action-form'
import { Select, type SelectOption } from '#components/ui/select'
import { SubmitButton } from '#components/ui/submit-button'

/** Changes a role by choosing another one; without scripts by a button beside it. */
export function RoleSelect({
  label,
  role,
  options,
  action,
}: {
  label: string
  role: string
  options: readonly SelectOption[]
  action: FormStateAction
}) {
  const [state, submit, pending] = useActionState(action, {} as FormState)
  const form = useRef<HTMLFormElement>(null)
  return (
    <form ref={form} action={submit} className="grid gap-1">
      <span className="flex items-center gap-2">
        <Select
          // A refused choice goes back to what is.
          key={`${role} ${state.error}`}
          name="role"
          aria-label={label}
          defaultValue={role}
          options={options}
          disabled={pending}
          onChange={() => form.current?.requestSubmit()}
          className="w-28"
        />
        <SubmitButton variant="secondary" size="sm" pending="Saving…" className="without-script">
          Save
        </SubmitButton>
      </span>
      <span role="status" className={state.error ? 'block text-danger text-xs' : 'sr-only'}>
        {pending ? 'Saving' : (state.error ?? state.done)}
      </span>
    </form>
  )
}
