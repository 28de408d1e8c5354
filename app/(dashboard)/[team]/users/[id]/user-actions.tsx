import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { SubmitButton } from '#components/ui/submit-button'
import { removeUser, setUserActive } from '../actions.ts'

/** What an admin may do with a user whom nobody manages. A managed one is changed in Okta. */
export function UserActions({
  slug,
  id,
  name,
  active,
}: {
  slug: string
  id: string
  name: string
  active: boolean
}) {
  return (
    <div className="flex gap-2">
      <form action={setUserActive.bind(null, slug, id, !active)}>
        <SubmitButton variant="secondary" pending="Saving…">
          {active ? 'Deactivate' : 'Reactivate'}
        </SubmitButton>
      </form>
      <ConfirmDialog
        trigger={<Button variant="danger-quiet">Delete…</Button>}
        title={`Delete ${name}?`}
        description="Their memberships end. This cannot be undone."
        confirmLabel="Delete user"
        pendingLabel="Deleting…"
        action={removeUser.bind(null, slug, id)}
      />
    </div>
  )
}
