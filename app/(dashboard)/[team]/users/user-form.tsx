import { ActionForm, type FormStateAction } from '#components/ui/action-form'
import { Card, CardBody } from '#components/ui/card'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'

export type UserFields = Partial<
  Record<'userName' | 'displayName' | 'givenName' | 'familyName' | 'email' | 'title', string>
>

/** A user that people keep by hand: made, or changed. */
export function UserForm({
  action,
  user = {},
  submit,
  pending,
  cancelHref,
}: {
  action: FormStateAction
  user?: UserFields
  submit: string
  pending: string
  cancelHref: string
}) {
  const plain = { optional: true, autoComplete: 'off' } as const
  return (
    <Card>
      <CardBody>
        <ActionForm action={action} className="grid gap-4">
          <TextField
            id="userName"
            name="userName"
            label="userName"
            description="Usually the email address they sign in with. Upper and lower case count as the same."
            defaultValue={user.userName}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            id="displayName"
            name="displayName"
            label="Display name"
            defaultValue={user.displayName}
            {...plain}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              id="givenName"
              name="givenName"
              label="Given name"
              defaultValue={user.givenName}
              {...plain}
            />
            <TextField
              id="familyName"
              name="familyName"
              label="Family name"
              defaultValue={user.familyName}
              {...plain}
            />
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              id="email"
              name="email"
              type="email"
              label="Email"
              defaultValue={user.email}
              {...plain}
            />
            <TextField id="title" name="title" label="Title" defaultValue={user.title} {...plain} />
          </div>
          <div className="flex gap-2">
            <SubmitButton pending={pending}>{submit}</SubmitButton>
            <LinkButton href={cancelHref}>Cancel</LinkButton>
          </div>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
