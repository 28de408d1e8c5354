'use client'

import { useActionState } from 'react'
import { Alert } from '#components/ui/alert'
import { CopyField } from '#components/ui/copy-field'
import { SelectField, TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { type InviteState, invite } from './actions.ts'

type Role = { value: string; label: string }

/** Makes an invitation and shows its link, this once. */
export function InviteForm({ team, roles }: { team: string; roles: readonly Role[] }) {
  const [state, action] = useActionState(invite.bind(null, team), {} as InviteState)
  return (
    <form action={action} onReset={(event) => state.error && event.preventDefault()} className="grid gap-4">
      {state.error && (
        <Alert tone="danger" live>
          {state.error}
        </Alert>
      )}
      {state.url && (
        <Alert tone="success" live title={`A link for ${state.email}`}>
          <CopyField label="Invitation link" value={state.url} />
          <p className="mt-2 text-xs">It works once, within 7 days, and is not shown again.</p>
        </Alert>
      )}
      <TextField id="invite-email" name="email" type="email" label="Email" required autoComplete="off" />
      <SelectField id="invite-role" name="role" label="Role" options={roles} defaultValue="reviewer" />
      <div>
        <SubmitButton pending="Making the link…">Make an invitation link</SubmitButton>
      </div>
    </form>
  )
}
