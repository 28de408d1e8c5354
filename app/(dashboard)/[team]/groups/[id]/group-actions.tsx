import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { addMember, removeGroup, removeMember } from '../actions.ts'

/** What an admin may do with a group that nobody pushes. */
export function GroupActions({ slug, id, name }: { slug: string; id: string; name: string }) {
  return (
    <>
      <LinkButton href={`/${slug}/groups/${id}/edit`}>Rename</LinkButton>
      <ConfirmDialog
        trigger={<Button variant="danger-quiet">Delete…</Button>}
        title={`Delete ${name}?`}
        description="Its memberships and the roles granted to it end. The people stay."
        confirmName={name}
        confirmLabel="Delete group"
        pendingLabel="Deleting…"
        action={removeGroup.bind(null, slug, id)}
      />
    </>
  )
}

export function AddMember({ slug, id }: { slug: string; id: string }) {
  return (
    <ActionForm action={addMember.bind(null, slug, id)} className="grid gap-2 border-b px-4 py-3">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          id="userName"
          name="userName"
          label="Add a member by userName"
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="min-w-0 flex-1 basis-60"
        />
        <SubmitButton variant="secondary" pending="Adding…">
          Add member
        </SubmitButton>
      </div>
    </ActionForm>
  )
}

export function RemoveMember({
  slug,
  groupId,
  group,
  member,
}: {
  slug: string
  groupId: string
  group: string
  member: { id: string; name: string }
}) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Remove ${member.name}`}>
          Remove
        </Button>
      }
      title={`Remove ${member.name} from ${group}?`}
      description="Roles that they have through this group only end with it."
      confirmLabel="Remove member"
      pendingLabel="Removing…"
      action={removeMember.bind(null, slug, groupId, member.id)}
    />
  )
}
