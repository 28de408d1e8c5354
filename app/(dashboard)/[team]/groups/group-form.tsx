import { ActionForm, type FormStateAction } from '#components/ui/action-form'
import { Card, CardBody } from '#components/ui/card'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'

/** A group that people keep by hand: made, or renamed. */
export function GroupForm({
  action,
  displayName,
  submit,
  pending,
  cancelHref,
}: {
  action: FormStateAction
  displayName?: string
  submit: string
  pending: string
  cancelHref: string
}) {
  return (
    <Card>
      <CardBody>
        <ActionForm action={action} className="grid gap-4">
          <TextField
            id="displayName"
            name="displayName"
            label="Name"
            description="Unique in the team, without regard to case."
            defaultValue={displayName}
            required
            autoComplete="off"
          />
          <div className="flex gap-2">
            <SubmitButton pending={pending}>{submit}</SubmitButton>
            <LinkButton href={cancelHref}>Cancel</LinkButton>
          </div>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
