import { Braces } from 'lucide-react'
import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { TextareaField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { type ExtensionSummary, extensionSummaries } from '#lib/directory/extensions/manage-extensions'
import { addSchema, dropSchema } from '../actions.ts'
import { SettingsTabs } from '../settings-tabs.tsx'

const EXAMPLE = JSON.stringify(
  {
    id: 'urn:acme:scim:user:1.0',
    name: 'Acme',
    attributes: [{ name: 'badge', type: 'string', description: 'Number on the badge' }],
  },
  null,
  2,
)

export default async function Schemas({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const schemas = await extensionSummaries(team.id)
  const admin = allows(access, 'admin')
  return (
    <Page
      narrow
      crumbs={[{ label: 'Settings', href: `/${slug}/settings` }, { label: 'Schemas' }]}
      title="Schemas"
    >
      <SettingsTabs slug={slug} current="schemas" />
      <div className="grid gap-6">
        <Card>
          <CardHeader
            title="Schemas of your own"
            description="Attributes beyond RFC 7643 that Okta may send for users: validated, filterable and shown on the user’s page."
          />
          {schemas.length === 0 ? (
            <EmptyState compact icon={<Braces />} title="None registered">
              Attributes of unknown schemas are ignored, with a note in the request’s record.
            </EmptyState>
          ) : (
            <ul className="text-sm">
              {schemas.map((schema) => (
                <SchemaRow key={schema.urn} slug={slug} schema={schema} admin={admin} />
              ))}
            </ul>
          )}
        </Card>
        {admin && (
          <Card>
            <CardHeader title="Register a schema" description="One with the same URN is replaced." />
            <CardBody>
              <ActionForm action={addSchema.bind(null, slug)} className="grid gap-4">
                <TextareaField
                  id="definition"
                  name="definition"
                  label="Definition (JSON, RFC 7643 §7)"
                  placeholder={EXAMPLE}
                  rows={12}
                  required
                  spellCheck={false}
                  autoComplete="off"
                />
                <div>
                  <SubmitButton variant="secondary" pending="Registering…">
                    Register schema
                  </SubmitButton>
                </div>
              </ActionForm>
            </CardBody>
          </Card>
        )}
      </div>
    </Page>
  )
}

function SchemaRow({ slug, schema, admin }: { slug: string; schema: ExtensionSummary; admin: boolean }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0">
        <p className="font-medium">{schema.name}</p>
        <p className="font-mono text-xs [overflow-wrap:anywhere]">{schema.urn}</p>
        <p className="mt-1 flex flex-wrap gap-1">
          {schema.attributes.map((attribute) => (
            <span
              key={attribute}
              className="rounded-sm bg-hover px-1.5 font-mono text-fg-muted text-xs leading-5"
            >
              {attribute}
            </span>
          ))}
        </p>
      </div>
      {admin && (
        <ConfirmDialog
          trigger={
            <Button variant="danger-quiet" size="sm" aria-label={`Remove ${schema.name}…`}>
              Remove…
            </Button>
          }
          title={`Remove ${schema.name}?`}
          description="Its attributes are no longer shown, filtered or changed. What was stored of them stays hidden until the schema is registered again."
          confirmName={schema.name}
          confirmLabel="Remove schema"
          pendingLabel="Removing…"
          action={dropSchema.bind(null, slug, schema.urn)}
        />
      )}
    </li>
  )
}
