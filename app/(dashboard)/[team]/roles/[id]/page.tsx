import { notFound } from 'next/navigation'
import { Page } from '#components/frame/page'
import { RuleTable } from '#components/role/rule-table'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Card, CardHeader } from '#components/ui/card'
import { Code } from '#components/ui/code'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { TextLink } from '#components/ui/text-link'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { type RoleDetail, roleDetail } from '#lib/directory/pages/role-pages'
import { changeRole, removeRole } from '../actions.ts'
import { RoleForm } from '../role-form.tsx'
import { ruleRows } from '../rule-rows.ts'
import { RoleGroups } from './role-groups.tsx'

type Props = { params: Promise<{ team: string; id: string }> }

export default async function RolePage({ params }: Props) {
  const { team: slug, id } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const role = (await roleDetail(team.id, id)) ?? notFound()
  const admin = allows(access, 'admin')
  const mayChange = admin && !role.builtin
  return (
    <Page
      crumbs={[{ label: 'Roles', href: `/${slug}/roles` }, { label: role.name }]}
      title={role.displayName}
      badge={role.builtin && <Badge>Built in</Badge>}
      description={
        <>
          <Code>{role.name}</Code> {role.description}
        </>
      }
      action={mayChange && <RemoveRole slug={slug} role={role} />}
    >
      <div className="grid gap-6">
        <RoleGroups slug={slug} role={role} admin={admin} />
        {role.rules.length > 0 && (
          <Card>
            <CardHeader title="Rules" action={<TextLink href={`/${slug}/roles`}>All rules</TextLink>} />
            <RuleTable rules={ruleRows(role.rules)} />
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
          <section aria-labelledby="change-role" className="grid max-w-3xl gap-3">
            <h2 id="change-role" className="font-semibold">
              Title and description
            </h2>
            <RoleForm
              action={changeRole.bind(null, slug, role.id)}
              role={role}
              submit="Save"
              pending="Saving…"
            />
          </section>
        )}
      </div>
    </Page>
  )
}

function RemoveRole({ slug, role }: { slug: string; role: RoleDetail }) {
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">Remove…</Button>}
      title={`Remove ${role.name}?`}
      description="Its grants and rules end with it. This cannot be undone."
      confirmName={role.name}
      confirmLabel="Remove role"
      pendingLabel="Removing…"
      action={removeRole.bind(null, slug, role.id)}
    />
  )
}
