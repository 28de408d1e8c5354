import { ApproveClientLine, ApproveHeading } from '#components/approve/approve-heading'
import { ChooseTeam } from '#components/approve/choose-team'
import { DenyForm } from '#components/approve/deny-form'
import { TextLink } from '#components/ui/text-link'
import type { ApproveView } from '#lib/http/oauth/approve-view'
import { clientShown, switchAccountHref } from './client-shown.ts'

type View = Extract<ApproveView, { kind: 'choose' }>

export function Choose({ view, email, path }: { view: View; email: string; path: string }) {
  const client = clientShown(view.request)
  return (
    <div className="grid gap-6">
      <ApproveHeading client={client.name} team="a team" />
      <div className="grid gap-1.5 text-fg-muted text-sm">
        <ApproveClientLine client={client} />
        <p>
          Signed in as <span className="font-medium text-fg [overflow-wrap:anywhere]">{email}</span>. Not you?{' '}
          <TextLink href={switchAccountHref(path)}>Switch account</TextLink>
        </p>
      </div>
      <ChooseTeam action={path} teams={view.teams} mayAdd={view.mayAdd} newTeam={view.newTeam} />
      <div className="flex items-center justify-between gap-4 border-t pt-5">
        <p className="text-fg-subtle text-xs">Nothing is made before you approve on the next page.</p>
        <DenyForm action={`${path}/decision`} hidden={{ proof: view.proof }} />
      </div>
    </div>
  )
}
