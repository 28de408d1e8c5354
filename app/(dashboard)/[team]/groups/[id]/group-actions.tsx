import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { addMember, removeGroup, removeMember } from '../actions.ts'

export function GroupActions({ slug, id, name }: { slug: string; id: string; name: string }) {
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">Delete…</Button>}
      title={`Delete ${name}?`}
      description="Its memberships and the roles granted to it end. The people stay."
      confirmName={name}
      confirmLabel="Delete group"
      pendingLabel="Deleting…"
      action={removeGroup.bind(null, slug, id)}
    />
  )
}

export function AddMember({ slug, id }: { slug: string; id: string }) {
  return (
    <ActionForm
      action={addMember.bind(null, slug, id)}
      className="flex flex-wrap items-end gap-2 border-b px-4 py-3"
    >
      <TextField id="userName" name="userName" label="Add a member by userName" required autoComplete="off" />
      <SubmitButton variant="secondary" pending="Adding…">
        Add member
      </SubmitButton>
    </ActionForm>
  )
}

export function RemoveMember({
  slug,
  groupId,
  userId,
  name,
}: {
  slug: string
  groupId: string
  userId: string
  name: string
}) {
  return (
    <form action={removeMember.bind(null, slug, groupId, userId)}>
      <SubmitButton variant="ghost" size="sm" pending="Removing…" aria-label={`Remove ${name}`}>
        Remove
      </SubmitButton>
    </form>
  )
}
