import { CentredPage } from '#components/frame/centred-page'
import { ActionForm } from '#components/ui/action-form'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { emailKey } from '#lib/auth/email'
import { findInvitation } from '#lib/auth/members/accept-invitation'
import { signInPath } from '#lib/auth/recent-sign-in'
import { currentMember } from '#lib/auth/require-member'
import { accept } from './actions.ts'

export default async function Invite({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invitation = await findInvitation(token, Date.now())
  if (!invitation)
    return (
      <CentredPage
        title="This invitation is not open"
        description="It was used, withdrawn or ran out. Ask whoever invited you for a new link."
      >
        <LinkButton href="/">Go to Muster</LinkButton>
      </CentredPage>
    )
  const member = await currentMember()
  const isTheirs = member !== undefined && emailKey(member.email) === emailKey(invitation.email)
  const join = `Join ${invitation.teamName}`
  return (
    <CentredPage
      title={join}
      description={`${invitation.invitedBy} invited ${invitation.email} as ${invitation.role}.`}
    >
      {isTheirs ? (
        <ActionForm action={accept.bind(null, token)} className="grid gap-4">
          <SubmitButton size="lg" pending="Joining…">
            {join}
          </SubmitButton>
        </ActionForm>
      ) : invitation.hasAccount ? (
        <LinkButton href={signInPath(`/invite/${token}`)} size="lg">
          Sign in as {invitation.email}
        </LinkButton>
      ) : (
        <ActionForm action={accept.bind(null, token)} className="grid gap-4">
          <TextField id="name" name="name" label="Your name" autoComplete="name" required maxLength={100} />
          <input type="hidden" name="username" autoComplete="username" value={invitation.email} />
          <TextField
            id="password"
            name="password"
            type="password"
            label="Password"
            description="At least 12 characters. A few unrelated words are good."
            autoComplete="new-password"
            required
            minLength={12}
          />
          <SubmitButton size="lg" pending="Joining…">
            {join}
          </SubmitButton>
        </ActionForm>
      )}
    </CentredPage>
  )
}
