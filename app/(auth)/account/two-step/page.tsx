import { redirect } from 'next/navigation'
import { AccountFrame } from '#components/account/account-frame'
import { qrPath } from '#components/account/qr-path'
import { accountOf } from '#lib/auth/account'
import { requireMember, requireRecentSignIn } from '#lib/auth/require-member'
import { beginEnrolment } from '#lib/auth/second-factor/begin-enrolment'
import { signOut } from '../actions.ts'
import { TwoStep } from './two-step.tsx'

export default async function TwoStepPage() {
  const member = await requireMember('/account/two-step')
  await requireRecentSignIn(member, '/account/two-step')
  const account = await accountOf(member.memberId)
  if (!account.hasPassword) redirect('/account')
  const on = account.secondFactorSince !== undefined
  const { secret, uri, sealed } = beginEnrolment(member, Date.now())
  return (
    <AccountFrame
      title="Two-step sign-in"
      description="After the password, Muster asks for a code from an app on your phone: 1Password, Google Authenticator, Okta Verify, or any other that follows RFC 6238."
      back={{ href: '/account', label: 'Your account' }}
      signOut={signOut}
    >
      <TwoStep
        on={on}
        codesLeft={account.recoveryCodesLeft}
        enrolment={{ secret, sealed, qr: qrPath(uri) }}
      />
    </AccountFrame>
  )
}
