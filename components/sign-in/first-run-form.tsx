import type { FormTarget } from '#components/approve/approve-types'
import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'

type Name = 'teamName' | 'name' | 'email' | 'password'

/** The one-time set-up: the first team and its first admin. */
export function FirstRunForm({
  action,
  hidden = {},
  values = {},
  errors = {},
  formError,
}: {
  action: FormTarget
  hidden?: Record<string, string>
  values?: Partial<Record<Name, string>>
  errors?: Partial<Record<Name, string>>
  formError?: string
}) {
  return (
    <form
      action={action}
      method={typeof action === 'string' ? 'post' : undefined}
      className="grid gap-4 [&_input]:h-10"
    >
      {formError && (
        <Alert tone="danger" live>
          {formError}
        </Alert>
      )}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField
        id="team-name"
        name="teamName"
        label="Team"
        description="Your company or the part of it that Okta will provision. You can rename it later."
        placeholder="Acme"
        autoComplete="organization"
        required
        maxLength={80}
        defaultValue={values.teamName}
        error={errors.teamName}
      />
      <TextField
        id="name"
        name="name"
        label="Your name"
        autoComplete="name"
        required
        maxLength={120}
        defaultValue={values.name}
        error={errors.name}
      />
      <TextField
        id="email"
        name="email"
        type="email"
        label="Email"
        autoComplete="username"
        required
        defaultValue={values.email}
        error={errors.email}
      />
      <TextField
        id="password"
        name="password"
        type="password"
        label="Password"
        description="At least 12 characters. A few unrelated words are good."
        autoComplete="new-password"
        required
        minLength={12}
        error={errors.password}
      />
      <SubmitButton size="lg" pending="Setting up…">
        Create team and admin
      </SubmitButton>
    </form>
  )
}
