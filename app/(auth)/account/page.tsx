import { CentredPage } from '#components/frame/centred-page'
import { ActionForm } from '#components/ui/action-form'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { listSessions } from '#lib/auth/list-sessions'
import { requireMember } from '#lib/auth/require-member'
import { savePassword, signOutOthers } from './actions.ts'

export const metadata = { title: 'Your account' }

export default async function Account() {
  const member = await requireMember('/account')
  const sessions = await listSessions(member.memberId, Date.now())
  return (
    <CentredPage
      title={member.name}
      description={member.email}
      footer={<TextLink href="/">Back to your teams</TextLink>}
    >
      <h2 className="mb-3 font-semibold">Change password</h2>
      <ActionForm action={savePassword} className="grid gap-4">
        <TextField
          id="current"
          name="current"
          type="password"
          label="Current password"
          autoComplete="current-password"
          required
        />
        <TextField
          id="next"
          name="next"
          type="password"
          label="New password"
          description="At least 12 characters. A few unrelated words are good."
          autoComplete="new-password"
          required
          minLength={12}
        />
        <div>
          <SubmitButton pending="Changing…">Change password</SubmitButton>
        </div>
      </ActionForm>
      <h2 className="mt-8 mb-2 font-semibold">Signed in with</h2>
      <ul className="text-sm">
        {sessions.map((each) => (
          <li key={each.id} className="border-b py-2.5 last:border-b-0">
            <span className="block [overflow-wrap:anywhere]">
              {each.userAgent ?? 'Unknown browser'}
              {each.id === member.sessionId && <strong> (this browser)</strong>}
            </span>
            <span className="text-fg-subtle">
              {each.ip ?? 'unknown address'}, last used <TimeAgo iso={each.lastSeenAt.toISOString()} />
            </span>
          </li>
        ))}
      </ul>
      <ActionForm action={signOutOthers} className="mt-3 grid gap-3">
        <div>
          <SubmitButton variant="secondary" pending="Signing out…">
            Sign out everywhere else
          </SubmitButton>
        </div>
      </ActionForm>
    </CentredPage>
  )
}
