import { SettingRow } from '#components/connection/setting-row'
import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import type { ServiceUserDetail } from '#lib/connections/service-user-detail'
import { remove, rename, setDisabled } from '../actions.ts'

export function ServiceUserSettings({ slug, serviceUser }: { slug: string; serviceUser: ServiceUserDetail }) {
  const { id, name } = serviceUser
  const disabled = serviceUser.disabledAt !== undefined
  return (
    <Card>
      <CardHeader title="Settings" />
      <CardBody>
        <ActionForm action={rename.bind(null, slug, id)} className="grid gap-3">
          <div className="flex flex-wrap items-end gap-2">
            <TextField
              id="rename"
              name="name"
              label="Name"
              defaultValue={name}
              key={name}
              required
              minLength={3}
              maxLength={63}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="min-w-0 flex-1 basis-56 [&_input]:font-mono"
            />
            <SubmitButton variant="secondary" pending="Renaming…">
              Rename
            </SubmitButton>
          </div>
          <p className="text-fg-subtle text-xs">
            Tokens go on. A client that uses Basic must send the new name from its next request on.
          </p>
        </ActionForm>
      </CardBody>
      <SettingRow
        title={disabled ? 'Enable' : 'Disable'}
        words={
          disabled
            ? 'Its tokens work again, from the next request on.'
            : 'Refuses each of its requests, from the next one on, until it is enabled again. Tokens, users and groups stay.'
        }
      >
        <ConfirmDialog
          trigger={<Button>{disabled ? 'Enable…' : 'Disable…'}</Button>}
          title={disabled ? `Enable ${name}?` : `Disable ${name}?`}
          description={
            disabled
              ? 'Whoever holds one of its live tokens can provision this team again.'
              : 'Okta’s next request is refused, and shows as an error there. Nothing is lost: Okta tries again once it is enabled.'
          }
          confirmLabel={disabled ? `Enable ${name}` : `Disable ${name}`}
          pendingLabel={disabled ? 'Enabling…' : 'Disabling…'}
          danger={!disabled}
          action={setDisabled.bind(null, slug, id, !disabled)}
        />
      </SettingRow>
      <SettingRow
        title="Delete"
        words="Ends its tokens and its connection for good. Users, groups and roles that it pushed stay as they are, and so does the activity log; its name stays taken."
      >
        <ConfirmDialog
          trigger={<Button variant="danger">Delete…</Button>}
          title={`Delete ${name}?`}
          description="Its tokens and its connection end at once, for good. Users, groups and roles stay as they are; updates stop. The activity log keeps what it did."
          confirmName={name}
          confirmLabel={`Delete ${name}`}
          pendingLabel="Deleting…"
          action={remove.bind(null, slug, id)}
        />
      </SettingRow>
    </Card>
  )
}
