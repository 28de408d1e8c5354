import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { GrantList } from '#components/role/grant-list'
import { RuleTable } from '#components/role/rule-table'
import { ActionForm } from '#components/ui/action-form'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import { TextLink } from '#components/ui/text-link'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { roleDetail } from '#lib/directory/pages/role-pages'
import { changeRole, removeRole } from '../actions.ts'

export default async function RolePage({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const role = (await roleDetail(team.id, id)) ?? notFound()
  const mayChange = allows(access, 'admin') && !role.builtin
  return (
    <Page
      crumbs={[{ label: 'Roles', href: `/${slug}/roles` }, { label: role.name }]}
      title={role.displayName}
      badge={role.builtin && <Badge>Built in</Badge>}
      description={role.description}
      action={
        mayChange && (
          <ConfirmDialog
            trigger={<Button variant="danger-quiet">Remove…</Button>}
            title={`Remove ${role.name}?`}
            description="Its grants and rules end with it."
            confirmName={role.name}
            confirmLabel="Remove role"
            pendingLabel="Removing…"
            action={removeRole.bind(null, slug, role.id)}
          />
        )
      }
    >
      <div className="grid gap-6">
        <Card>
          <CardHeader title="Groups with this role" />
          {role.groups.length === 0 ? (
            <EmptyState title="No groups">Open a group to grant it this role, or add a rule.</EmptyState>
          ) : (
            <GrantList
              grants={role.groups.map((group) => ({
                id: group.id,
                name: group.name,
                href: `/${slug}/groups/${group.id}`,
                grantedBy: group.byRule ? `by the rule “${group.byRule}”` : `by ${group.grantedBy}`,
                grantedAt: group.since,
                description: group.system
                  ? 'Muster’s own group'
                  : `${group.memberCount.toLocaleString('en')} members`,
              }))}
            />
          )}
        </Card>
        {role.rules.length > 0 && (
          <Card>
            <CardHeader title="Rules" />
            <RuleTable
              rules={role.rules.map((rule) => ({
                id: rule.id,
                match: rule.match,
                name: rule.pattern,
                role: rule.roleName,
                groupCount: rule.groupCount,
                createdAt: rule.createdAt,
              }))}
            />
          </Card>
        )}
        {role.assigned.length > 0 && (
          <Card>
            <CardHeader
              title="Assigned in Okta"
              description="People to whom Okta assigned the role itself."
            />
            <ul className="text-sm">
              {role.assigned.map((user) => (
                <li key={user.id} className="border-b px-4 py-2.5 last:border-b-0">
                  <TextLink quiet href={`/${slug}/users/${user.id}`}>
                    {user.displayName ?? user.userName}
                  </TextLink>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {mayChange && (
          <Card>
            <CardHeader title="Title and description" />
            <CardBody>
              <ActionForm action={changeRole.bind(null, slug, role.id)} className="grid gap-4">
                <TextField
                  id="displayName"
                  name="displayName"
                  label="Title"
                  defaultValue={role.displayName}
                  required
                />
                <TextField
                  id="description"
                  name="description"
                  label="What it permits"
                  defaultValue={role.description}
                  optional
                />
                <div>
                  <SubmitButton pending="Saving…">Save</SubmitButton>
                </div>
              </ActionForm>
            </CardBody>
          </Card>
        )}
      </div>
    </Page>
  )
}
