import { CentredPage } from '#components/frame/centred-page'
import { ActionForm } from '#components/ui/action-form'
import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { findRecovery } from '#lib/auth/recovery/recover-account'
import { recover } from './actions.ts'

export const metadata = { robots: 'noindex', referrer: 'no-referrer' as const }

export default async function Recover({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const recovery = await findRecovery(token, Date.now())
  if (!recovery)
    return (
      <CentredPage
        title="This link is not open"
        description="It was used, replaced by a newer one, or ran out. Ask whoever runs Muster for a new one."
      >
        <LinkButton href="/sign-in" size="lg">
          Sign in
        </LinkButton>
      </CentredPage>
    )
  return (
    <CentredPage
      title="Choose a new password"
      description={
        <>
          For <span className="font-medium text-fg [overflow-wrap:anywhere]">{recovery.email}</span>. Every
          browser that is signed in now is signed out.
        </>
      }
    >
      <ActionForm action={recover.bind(null, token)} className="grid gap-4 [&_input]:h-10">
        {recovery.dropsSecondFactor && (
          <Alert tone="warning">
            Two-step sign-in is turned off as well. Set it up again afterwards, under your account.
          </Alert>
        )}
        <input type="hidden" name="username" autoComplete="username" value={recovery.email} readOnly />
        <TextField
          id="password"
          name="password"
          type="password"
          label="New password"
          description="At least 12 characters. A few unrelated words are good."
          autoComplete="new-password"
          required
          minLength={12}
        />
        <SubmitButton size="lg" pending="Setting…">
          Set the password
        </SubmitButton>
        {recovery.keepsSecondFactor && (
          <p className="text-fg-subtle text-xs">Signing in then asks for a code from your app, as before.</p>
        )}
      </ActionForm>
    </CentredPage>
  )
}
