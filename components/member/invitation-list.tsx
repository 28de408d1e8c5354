import { ActionForm, type FormStateAction } from '#components/ui/action-form'
import { SubmitButton } from '#components/ui/submit-button'
import { TimeAgo } from '#components/ui/time-ago'

export type InvitationRow = {
  id: string
  email: string
  role: string
  invitedBy: string
  expiresAt: string
  withdraw?: FormStateAction
}

/** Invitations that nobody has accepted yet. */
export function InvitationList({ invitations }: { invitations: readonly InvitationRow[] }) {
  return (
    <ul className="text-sm">
      {invitations.map((each) => (
        <li
          key={each.id}
          className="flex flex-wrap items-center justify-between gap-3 border-b px-4 py-3 last:border-b-0"
        >
          <span className="min-w-0 flex-1 basis-48">
            <span className="block truncate font-medium" title={each.email}>
              {each.email}
            </span>
            <span className="block text-fg-subtle text-xs [overflow-wrap:anywhere]">
              {each.role}, invited by {each.invitedBy}, ends <TimeAgo iso={each.expiresAt} />
            </span>
          </span>
          {each.withdraw && (
            <ActionForm action={each.withdraw}>
              <SubmitButton
                variant="danger-quiet"
                size="sm"
                pending="Withdrawing…"
                aria-label={`Withdraw the invitation of ${each.email}`}
              >
                Withdraw
              </SubmitButton>
            </ActionForm>
          )}
        </li>
      ))}
    </ul>
  )
}
