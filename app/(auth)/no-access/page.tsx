import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'
import { ownersOf } from '#lib/auth/owners-of'
import { requireMember } from '#lib/auth/require-member'

export const metadata = { title: 'No access' }

export default async function NoAccess({ searchParams }: { searchParams: Promise<{ team?: string }> }) {
  const member = await requireMember('/')
  const owners = await ownersOf((await searchParams).team ?? '', member.memberId)
  return (
    <CentredPage
      title="You may not do this"
      description={
        owners.length > 0
          ? `Ask one of: ${owners.join(', ')}.`
          : 'Your account does not give access to this. Ask whoever manages it in Okta.'
      }
    >
      <LinkButton href="/">Go to your teams</LinkButton>
    </CentredPage>
  )
}
