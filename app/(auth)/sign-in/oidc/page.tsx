import { cookies } from 'next/headers'
import { CentredPage } from '#components/frame/centred-page'
import { SubmitButton } from '#components/ui/submit-button'
import { safeNext } from '#lib/auth/safe-next'
import { env } from '#lib/platform/env'

export const metadata = { title: 'Sign in' }

/** next-auth begins with a POST and a form token; this page carries both. */
export default async function SignInWithProvider({
  searchParams,
}: {
  searchParams: Promise<{ next?: string }>
}) {
  const next = safeNext((await searchParams).next ?? '/')
  await cookies()
  return (
    <CentredPage title={`Continue with ${env().OIDC_NAME}`} description="You sign in there and come back.">
      <form action="/sign-in/oidc/begin" method="post" className="grid gap-4">
        <input type="hidden" name="next" value={next} />
        <SubmitButton size="lg" pending="Going there…">
          Continue
        </SubmitButton>
      </form>
    </CentredPage>
  )
}
