import { ActionForm } from '#components/ui/action-form'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { savePassword } from './actions.ts'

export function PasswordForm({ email }: { email: string }) {
  return (
    <ActionForm action={savePassword} className="grid gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          id="current"
          name="current"
          type="password"
          label="Current password"
          autoComplete="current-password"
          required
        />
        <TextField
          id="next"
          name="next"
          type="password"
          label="New password"
          description="At least 12 characters. A few unrelated words are good."
          autoComplete="new-password"
          required
          minLength={12}
        />
      </div>
      <div>
        <SubmitButton variant="secondary" pending="Changing…">
          Change password
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
