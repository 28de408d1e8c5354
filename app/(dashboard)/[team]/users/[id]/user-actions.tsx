import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LinkButton } from '#components/ui/link-button'
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
    <>
      <LinkButton href={`/${slug}/users/${id}/edit`}>Edit</LinkButton>
      <ConfirmDialog
        trigger={<Button>{active ? 'Deactivate…' : 'Reactivate…'}</Button>}
        title={active ? `Deactivate ${name}?` : `Reactivate ${name}?`}
        description={
          active
            ? 'They can no longer sign in to Muster, and open sessions end. Groups and attributes stay.'
            : 'They may sign in again, with the groups and roles they have.'
        }
        confirmLabel={active ? 'Deactivate user' : 'Reactivate user'}
        pendingLabel="Saving…"
        danger={active}
        action={setUserActive.bind(null, slug, id, !active)}
      />
      <ConfirmDialog
        trigger={<Button variant="danger-quiet">Delete…</Button>}
        title={`Delete ${name}?`}
        description="Their memberships end. This cannot be undone."
        confirmName={name}
        confirmLabel="Delete user"
        pendingLabel="Deleting…"
        action={removeUser.bind(null, slug, id)}
      />
    </>
  )
}
