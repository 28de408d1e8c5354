import { Page } from '#components/frame/page'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { CopyField } from '#components/ui/copy-field'
import { TextField } from '#components/ui/field'
import { KeyFacts } from '#components/ui/key-facts'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { env } from '#lib/platform/env'
import { saveTeam } from './actions.ts'
import { SettingsTabs } from './settings-tabs.tsx'

export default async function Settings({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const admin = allows(access, 'admin')
  const { PUBLIC_URL, ACTIVITY_RETENTION_DAYS } = env()
  return (
    <Page narrow crumbs={[{ label: 'Settings' }]} title="Settings">
      <SettingsTabs slug={slug} current="general" />
      <div className="grid gap-6">
        <Card>
          <CardHeader title="Team" />
          <CardBody>
            <ActionForm action={saveTeam.bind(null, slug)} className="grid gap-2">
              <div className="flex flex-wrap items-end gap-2">
                <TextField
                  id="name"
                  name="name"
                  label="Name"
                  defaultValue={team.name}
                  required
                  readOnly={!admin}
                  autoComplete="off"
                  className="min-w-0 flex-1 basis-60"
                />
                {admin && (
                  <SubmitButton variant="secondary" pending="Saving…">
                    Save
                  </SubmitButton>
                )}
              </div>
            </ActionForm>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="SCIM" description="What clients of this team are told." />
          <CardBody className="grid gap-4">
            <CopyField
              label="Base URL"
              value={`${PUBLIC_URL}/scim/v2`}
              description="The same for every team: the token says which team a request is for."
            />
            <KeyFacts
              columns
              facts={[
                { label: 'Team id', value: team.id, copy: team.id },
                { label: 'Activity is kept for', value: `${ACTIVITY_RETENTION_DAYS} days` },
              ]}
            />
          </CardBody>
        </Card>
      </div>
    </Page>
  )
}
