import type { FormTarget } from '#components/approve/approve-types'
import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'

/** An OpenID provider: its name, and where a form begins a sign-in with it. */
export type SignInProvider = { name: string; action: string }

/** Email and password, and the provider that is configured. Paste and password managers work. */
export function SignInForm({
  action,
  hidden = {},
  email,
  error,
  done,
  passwordless = false,
  provider,
}: {
  action: FormTarget
  hidden?: Record<string, string>
  email?: string
  /** One message for any wrong pair, so that it does not tell who has an account. */
  error?: string
  /** What was done just before: "Your new password is set." */
  done?: string
  /** Somebody who signs in through a provider: no fields for a password. */
  passwordless?: boolean
  provider?: SignInProvider
}) {
  return (
    <div className="grid gap-5">
      {error && (
        <Alert tone="danger" live>
          {error}
        </Alert>
      )}
      {done && (
        <Alert tone="success" live>
          {done}
        </Alert>
      )}
      {!passwordless && <PasswordFields {...{ action, hidden, email }} />}
      {provider && (
        <>
          {!passwordless && (
            <p className="flex items-center gap-3 text-fg-subtle text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              or
            </p>
          )}
          <form action={provider.action} method="post">
            <Hidden values={hidden} />
            <SubmitButton
              variant={passwordless ? 'primary' : 'secondary'}
              size="lg"
              pending="Going there…"
              className="w-full"
            >
              Continue with {provider.name}
            </SubmitButton>
          </form>
        </>
      )}
    </div>
  )
}

function PasswordFields({
  action,
  hidden,
  email,
}: {
  action: FormTarget
  hidden: Record<string, string>
  email: string | undefined
}) {
  return (
    <form action={action} method={typeof action === 'string' ? 'post' : undefined} className="grid gap-4">
      <Hidden values={hidden} />
      <TextField
        id="email"
        name="email"
        type="email"
        label="Email"
        autoComplete="username"
        required
        defaultValue={email}
        className="[&_input]:h-10"
      />
      <TextField
        id="password"
        name="password"
        type="password"
        label="Password"
        autoComplete="current-password"
        required
        className="[&_input]:h-10"
      />
      <SubmitButton size="lg" pending="Signing in…">
        Sign in
      </SubmitButton>
    </form>
  )
}

function Hidden({ values }: { values: Record<string, string> }) {
  return Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ))
}
