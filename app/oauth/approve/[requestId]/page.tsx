import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { GrantPermissions } from '#components/approve/grant-permissions'
import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'
import { currentMember, isRecentSignIn, signInPath } from '#lib/auth/require-member'
import { authorizationRequest } from '#lib/connections/authorization-request'
import { browserCookieName, browserHashOf } from '#lib/http/authorize'
import { approveProps } from './approve-props.ts'

export const metadata = { title: 'Approve', referrer: 'no-referrer' as const }

type Props = {
  params: Promise<{ requestId: string }>
  searchParams: Promise<Record<string, string | undefined>>
}

export default async function Approve({ params, searchParams }: Props) {
  const { requestId } = await params
  const search = await searchParams
  const browser = (await cookies()).get(browserCookieName())?.value
  const found = await authorizationRequest(requestId, browserHashOf(browser), Date.now())
  if (found.state === 'unknown' || found.state === 'expired')
    return (
      <CentredPage
        title="This request has ended"
        description="Requests last ten minutes and belong to the browser that began them. Start again in Okta."
      />
    )
  if (found.state === 'used')
    return (
      <CentredPage
        title="This request was used"
        description={
          found.decision === 'denied'
            ? 'It was denied. Start again in Okta if that was a mistake.'
            : 'It was approved. Okta shows the result; start again there if it does not.'
        }
      >
        {found.connection && <LinkButton href="/">Open Muster</LinkButton>}
      </CentredPage>
    )
  const here = `/oauth/approve/${requestId}`
  const member = await currentMember()
  if (!member) redirect(signInPath(here))
  if (!isRecentSignIn(member, Date.now(), 60)) redirect(`${signInPath(here)}&again=1`)
  const props = await approveProps(found.request, member, search)
  return (
    <CentredPage wide>
      <GrantPermissions {...props} action={`${here}/decide`} switchAccountHref={signInPath(here)} />
    </CentredPage>
  )
}
