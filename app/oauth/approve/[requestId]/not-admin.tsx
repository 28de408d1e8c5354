import { ApproveClientLine, ApproveHeading } from '#components/approve/approve-heading'
import { DenyForm } from '#components/approve/deny-form'
import { Alert } from '#components/ui/alert'
import { TextLink } from '#components/ui/text-link'
import type { ApproveView } from '#lib/http/oauth/approve-view'
import { clientShown, switchAccountHref } from './client-shown.ts'

type View = Extract<ApproveView, { kind: 'not-admin' }>

export function NotAdmin({ view, email, path }: { view: View; email: string; path: string }) {
  const client = clientShown(view.request)
  const [only, ...others] = view.teams
  return (
    <div className="grid gap-5">
      <ApproveHeading client={client.name} team={only && others.length === 0 ? only.name : 'a team'} />
      <div className="grid gap-1.5 text-fg-muted text-sm">
        <ApproveClientLine client={client} />
        <p>
          Signed in as <span className="font-medium text-fg [overflow-wrap:anywhere]">{email}</span>. Not you?{' '}
          <TextLink href={switchAccountHref(path)}>Switch account</TextLink>
        </p>
      </div>
      <Alert tone="warning" title="You cannot approve this">
        {view.teams.length > 0 ? 'Only owners and admins of a team may connect a client to it. ' : ''}
        {view.admins.length > 0
          ? `Ask one of: ${view.admins.join(', ')}.`
          : 'Your account administers no team. Ask whoever manages it.'}
      </Alert>
      <DenyForm action={`${path}/decision`} hidden={{ proof: view.proof }} />
    </div>
  )
}
