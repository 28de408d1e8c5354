import { SettingRow } from '#components/connection/setting-row'
import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import type { ClientDetail } from '#lib/connections/client-detail'
import { rename, toggleClient } from '../actions.ts'

export function ClientSettings({ slug, client }: { slug: string; client: ClientDetail }) {
  const { id, name } = client
  const disabled = client.disabledAt !== undefined
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
              maxLength={60}
              autoComplete="off"
              className="min-w-0 flex-1 basis-56"
            />
            <SubmitButton variant="secondary" pending="Renaming…">
              Rename
            </SubmitButton>
          </div>
          <p className="text-fg-subtle text-xs">
            The approve page says it. Connections that exist keep the name they were approved under.
          </p>
        </ActionForm>
      </CardBody>
      <SettingRow
        title={disabled ? 'Enable' : 'Disable'}
        words={
          disabled
            ? 'It may ask for approvals again, and its refresh tokens work again.'
            : 'It can start no approval and gets no token, refreshes included. Access tokens that it holds go on until they end, within the hour; to end them now, expire those of its service user.'
        }
      >
        <ConfirmDialog
          trigger={
            <Button variant={disabled ? 'secondary' : 'danger-quiet'}>
              {disabled ? 'Enable…' : 'Disable…'}
            </Button>
          }
          title={disabled ? `Enable ${name}?` : `Disable ${name}?`}
          description={
            disabled
              ? 'Whoever has its secret can get tokens for its connections again.'
              : 'Its next request at the token endpoint is refused. Nothing is deleted.'
          }
          confirmLabel={disabled ? `Enable ${name}` : `Disable ${name}`}
          pendingLabel={disabled ? 'Enabling…' : 'Disabling…'}
          danger={!disabled}
          action={toggleClient.bind(null, slug, id, !disabled)}
        />
      </SettingRow>
    </Card>
  )
}
