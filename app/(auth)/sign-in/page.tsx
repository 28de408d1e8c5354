import { CentredPage } from '#components/frame/centred-page'
import { SignInForm } from '#components/sign-in/sign-in-form'
import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { safeNext } from '#lib/auth/safe-next'
import { awaitsSetup } from '#lib/auth/setup-link'
import { env } from '#lib/platform/env'

export const metadata = { title: 'Sign in' }

const ERRORS: Record<string, string> = {
  credentials: 'Email and password do not belong together. Check both and try again.',
  expired: 'That took too long. Sign in again.',
  deactivated: 'Your account is deactivated. Ask whoever manages accounts in Okta.',
  unknown: 'Nobody here has this address. Ask an owner of the team to invite you.',
  unverified: 'Your provider has not verified your email address, so Muster cannot rely on it.',
  confirm_link: 'This address has an account with a password. Sign in with it once to connect the two.',
}

type Search = Promise<Record<string, string | undefined>>

export default async function SignIn({ searchParams }: { searchParams: Search }) {
  const { error, wait, next: wanted, again } = await searchParams
  const next = safeNext(wanted ?? '/')
  if (await awaitsSetup())
    return (
      <CentredPage
        title="Muster is not set up yet"
        description="The terminal in which Muster was started shows a one-time set-up link. Open it to become the first admin."
      />
    )
  if (error === 'code_required' || error === 'code_wrong')
    return (
      <CentredPage
        title="Enter your code"
        description="From your authenticator app, or one of your recovery codes."
      >
        <form action="/sign-in/submit" method="post" className="grid gap-4">
          <input type="hidden" name="next" value={next} />
          {error === 'code_wrong' && (
            <Alert tone="danger" live>
              This code is not right, or was used before. Wait for the next one.
            </Alert>
          )}
          <TextField
            id="code"
            name="code"
            label="Code"
            autoComplete="one-time-code"
            inputMode="numeric"
            required
          />
          <SubmitButton size="lg" pending="Checking…">
            Continue
          </SubmitButton>
        </form>
      </CentredPage>
    )
  const message =
    error === 'throttled'
      ? `Too many attempts. Try again in ${Number(wait) || 60} seconds.`
      : error && (ERRORS[error] ?? 'Signing in did not work. Try again.')
  const providers = env().OIDC_ISSUER
    ? [{ id: 'oidc', name: env().OIDC_NAME, href: `/sign-in/oidc?next=${encodeURIComponent(next)}` }]
    : []
  return (
    <CentredPage
      title="Sign in"
      description={
        again ? 'For this you must have signed in a moment ago. Sign in again to go on.' : undefined
      }
    >
      <SignInForm action="/sign-in/submit" hidden={{ next }} error={message} providers={providers} />
    </CentredPage>
  )
}
