import { cookies } from 'next/headers'
import { CentredPage } from '#components/frame/centred-page'
import { requireMember, requireRecentSignIn, teamsOf } from '#lib/auth/require-member'
import { approveView } from '#lib/http/oauth/approve-view'
import { browserOf } from '#lib/http/oauth/browser-cookie'
import { Choose } from './choose.tsx'
import { Ended, Used } from './ended.tsx'
import { Grant } from './grant.tsx'
import { NotAdmin } from './not-admin.tsx'
import { type ApproveParams, type ApproveSearchParams, readApproveSearch } from './read-approve-search.ts'

export const metadata = { referrer: 'no-referrer' as const, robots: 'noindex' }

export default async function Approve(props: { params: ApproveParams; searchParams: ApproveSearchParams }) {
  const { requestId } = await props.params
  const path = `/oauth/approve/${requestId}`
  const member = await requireMember(path)
  const jar = await cookies()
  const browser = browserOf(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])))
  const search = await readApproveSearch(props.searchParams)
  const view = await approveView(requestId, browser, member, search, Date.now())
  if (view.kind === 'ended') return <Ended clientName={view.clientName} />
  if (view.kind === 'used') {
    const team = (await teamsOf(member)).find((each) => each.team.id === view.connection?.teamId)
    const href = team && view.connection && `/${team.team.slug}/connections/${view.connection.id}`
    return <Used clientName={view.clientName} denied={view.denied} connectionHref={href} />
  }
  await requireRecentSignIn(member, path)
  return (
    <CentredPage wide hideLogo title="Grant permissions" heading={false}>
      {view.kind === 'not-admin' && <NotAdmin view={view} email={member.email} path={path} />}
      {view.kind === 'choose' && <Choose view={view} email={member.email} path={path} />}
      {view.kind === 'grant' && <Grant view={view} email={member.email} path={path} />}
    </CentredPage>
  )
}
