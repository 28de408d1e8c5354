import type { FormTarget } from '#components/approve/approve-types'
import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'

export type SignInProvider = { id: string; name: string; href: string }

/** Email and password, and the providers that are configured. Paste and password managers work. */
export function SignInForm({
  action,
  hidden = {},
  email,
  error,
  providers = [],
}: {
  action: FormTarget
  hidden?: Record<string, string>
  email?: string
  /** One message for any wrong pair, so that it does not tell who has an account. */
  error?: string
  providers?: readonly SignInProvider[]
}) {
  return (
    <div className="grid gap-5">
      {error && (
        <Alert tone="danger" live>
          {error}
        </Alert>
      )}
      <form action={action} method={typeof action === 'string' ? 'post' : undefined} className="grid gap-4">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
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
      {providers.length > 0 && (
        <>
          <p className="flex items-center gap-3 text-fg-subtle text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </p>
          <div className="grid gap-2">
            {providers.map((provider) => (
              <LinkButton key={provider.id} href={provider.href} prefetch={false} size="lg">
                Continue with {provider.name}
              </LinkButton>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
