import { cookies } from 'next/headers'
import { CentredPage } from '#components/frame/centred-page'
import { CodeForm } from '#components/sign-in/code-form'
import { SignInForm } from '#components/sign-in/sign-in-form'
import { LinkButton } from '#components/ui/link-button'
import { TextLink } from '#components/ui/text-link'
import { currentMember } from '#lib/auth/require-member'
import { safeNext } from '#lib/auth/safe-next'
import { awaitsSetup } from '#lib/auth/setup-link'
import { EMAIL_COOKIE } from '#lib/auth/sign-in-by-password'
import { signInProblem } from '#lib/auth/sign-in-problem'
import { askingClient } from '#lib/http/oauth/asking-client'
import { browserOf } from '#lib/http/oauth/browser-cookie'
import { env } from '#lib/platform/env'

type Search = Promise<Record<string, string | undefined>>

export default async function SignIn({ searchParams }: { searchParams: Search }) {
  const { error, wait, next: wanted, again, done } = await searchParams
  const next = safeNext(wanted ?? '/')
  if (await awaitsSetup())
    return (
      <CentredPage
        title="Muster is not set up yet"
        description="The terminal in which Muster was started shows a one-time set-up link. Open it to become the first admin."
      />
    )
  const hidden = { next, ...(again && { again }) }
  if (error === 'code_required' || error === 'code_wrong')
    return (
      <CentredPage
        title="Enter your code"
        description="From your authenticator app, or one of your recovery codes."
        footer={<TextLink href={`/sign-in?${new URLSearchParams(hidden)}`}>Start again</TextLink>}
      >
        <CodeForm action="/sign-in/submit" hidden={hidden} wrong={error === 'code_wrong'} />
      </CentredPage>
    )
  const member = await currentMember()
  const jar = await cookies()
  const typed = jar.get(EMAIL_COOKIE)?.value
  const sent = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]))
  const asking = await askingClient(next, browserOf(sent), Date.now())
  const { OIDC_ISSUER, OIDC_NAME } = env()
  const byProvider = Boolean(again) && member?.method === 'oidc'
  return (
    <CentredPage
      title={again && member ? 'Confirm that it is you' : 'Sign in'}
      description={
        again && member ? (
          <>
            What you are about to do needs a sign-in of the last 15 minutes. You are{' '}
            <span className="font-medium text-fg [overflow-wrap:anywhere]">{member.email}</span>.
          </>
        ) : member ? (
          <>
            You are signed in as{' '}
            <span className="font-medium text-fg [overflow-wrap:anywhere]">{member.email}</span>. Signing in
            to another account signs this browser out of that one.
          </>
        ) : (
          asking && (
            <>
              <span className="font-medium text-fg [overflow-wrap:anywhere]">{asking}</span> asks for access
              to a team. Sign in to see what it asks for, and to approve or deny it.
            </>
          )
        )
      }
      footer={
        <>
          Cannot sign in? An owner of your team can invite you; whoever runs Muster can make a recovery link.
        </>
      }
    >
      <SignInForm
        action="/sign-in/submit"
        hidden={hidden}
        email={typed ?? (again ? member?.email : undefined)}
        done={done === 'recovered' ? 'Your new password is set. Sign in with it.' : undefined}
        error={signInProblem(error, Number(wait) || 60)}
        passwordless={byProvider}
        provider={OIDC_ISSUER ? { name: OIDC_NAME, action: '/sign-in/oidc/begin' } : undefined}
      />
      {member && !again && (
        <p className="mt-4 border-t pt-4">
          <LinkButton href={next} className="w-full">
            Go on as {member.name}
          </LinkButton>
        </p>
      )}
    </CentredPage>
  )
}
