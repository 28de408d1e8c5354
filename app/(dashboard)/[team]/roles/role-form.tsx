import { ActionForm, type FormStateAction } from '#components/ui/action-form'
import { Card, CardBody } from '#components/ui/card'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'

/** A role of the team's own: defined (`named`, since a name is given once), or described anew. */
export function RoleForm({
  action,
  named = false,
  role = {},
  submit,
  pending,
  cancelHref,
}: {
  action: FormStateAction
  named?: boolean
  role?: { displayName?: string; description?: string }
  submit: string
  pending: string
  cancelHref?: string
}) {
  return (
    <Card>
      <CardBody>
        <ActionForm action={action} className="grid gap-4">
          {named && (
            <TextField
              id="name"
              name="name"
              label="Name"
              description="Lower-case letters, digits and _, such as payroll_editor. It does not change later."
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
          <TextField
            id="displayName"
            name="displayName"
            label="Title"
            defaultValue={role.displayName}
            required
            autoComplete="off"
          />
          <TextField
            id="description"
            name="description"
            label="What it permits"
            defaultValue={role.description}
            optional
            autoComplete="off"
          />
          <div className="flex gap-2">
            <SubmitButton pending={pending}>{submit}</SubmitButton>
            {cancelHref && <LinkButton href={cancelHref}>Cancel</LinkButton>}
          </div>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
