import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { CopyField } from '#components/ui/copy-field'
import { EmptyState } from '#components/ui/empty-state'
import { TextareaField, TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { extensionSummaries } from '#lib/directory/extensions/manage-extensions'
import { env } from '#lib/platform/env'
import { addSchema, dropSchema, saveTeam } from './actions.ts'

export const metadata = { title: 'Settings' }

export default async function Settings({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const schemas = await extensionSummaries(team.id)
  const admin = allows(access, 'admin')
  return (
    <Page
      narrow
      crumbs={[{ label: 'Settings' }]}
      title="Settings"
      action={<LinkButton href={`/${slug}/settings/members`}>Members</LinkButton>}
    >
      <div className="grid gap-6">
        <Card>
          <CardHeader title="Team" />
          <CardBody>
            <ActionForm action={saveTeam.bind(null, slug)} className="grid gap-4">
              <TextField
                id="name"
                name="name"
                label="Name"
                defaultValue={team.name}
                required
                readOnly={!admin}
              />
              {admin && (
                <div>
                  <SubmitButton pending="Saving…">Save</SubmitButton>
                </div>
              )}
            </ActionForm>
            <div className="mt-4">
              <CopyField label="SCIM base URL" value={`${env().PUBLIC_URL}/scim/v2`} />
            </div>
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Schemas of your own"
            description="Attributes beyond RFC 7643 that Okta may send for users: validated, filterable and shown on the user’s page."
          />
          {schemas.length === 0 ? (
            <EmptyState title="None registered">
              Attributes of unknown schemas are ignored, with a note in the request’s record.
            </EmptyState>
          ) : (
            <ul className="text-sm">
              {schemas.map((schema) => (
                <li
                  key={schema.urn}
                  className="flex flex-wrap items-center justify-between gap-3 border-b px-4 py-3 last:border-b-0"
                >
                  <span className="min-w-0">
                    <span className="block break-all font-mono text-xs">{schema.urn}</span>
                    <span className="text-fg-subtle">{schema.attributes.join(', ')}</span>
                  </span>
                  {admin && (
                    <ConfirmDialog
                      trigger={
                        <Button variant="danger-quiet" size="sm">
                          Remove…
                        </Button>
                      }
                      title={`Remove ${schema.name}?`}
                      description="Its attributes are no longer shown, filtered or changed."
                      confirmLabel="Remove schema"
                      pendingLabel="Removing…"
                      action={dropSchema.bind(null, slug, schema.urn)}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
          {admin && (
            <CardBody className="border-t">
              <ActionForm action={addSchema.bind(null, slug)} className="grid gap-4">
                <TextareaField
                  id="definition"
                  name="definition"
                  label="Schema (JSON)"
                  description='For example: {"id":"urn:acme:scim:user:1.0","name":"Acme","attributes":[{"name":"badge","type":"string"}]}'
                  rows={8}
                  required
                  spellCheck={false}
                />
                <div>
                  <SubmitButton variant="secondary" pending="Registering…">
                    Register schema
                  </SubmitButton>
                </div>
              </ActionForm>
            </CardBody>
          )}
        </Card>
      </div>
    </Page>
  )
}
