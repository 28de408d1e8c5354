import { CentredPage } from '#components/frame/centred-page'
import { isSetupToken } from '#lib/auth/setup-link'
import { SetupForm } from './setup-form.tsx'

export const metadata = { referrer: 'no-referrer' as const }

export default async function Setup({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams
  if (!(await isSetupToken(token)))
    return (
      <CentredPage
        title="This link has ended"
        description="The set-up is done, or this link was replaced by a newer one. The terminal in which Muster runs shows the newest; if you are an admin already, sign in."
        footer={<a href="/sign-in">Sign in</a>}
      />
    )
  return (
    <CentredPage
      title="Set up Muster"
      description="You become the first owner. After this the link is closed for good."
    >
      <SetupForm token={token} />
    </CentredPage>
  )
}
