import { Page } from '#components/frame/page'
import { RoleTable } from '#components/role/role-table'
import { RuleTable } from '#components/role/rule-table'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { SelectField, TextField } from '#components/ui/field'
import { ListCard } from '#components/ui/list-card'
import { SubmitButton } from '#components/ui/submit-button'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { peopleOfRoles, roleRules, roleSummaries } from '#lib/directory/pages/role-pages'
import { addRole, addRule, removeRule } from './actions.ts'

export const metadata = { title: 'Roles' }

export default async function Roles({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const [roles, rules, people] = await Promise.all([
    roleSummaries(team.id),
    roleRules(team.id),
    peopleOfRoles(team.id),
  ])
  const admin = allows(access, 'admin')
  return (
    <Page
      crumbs={[{ label: 'Roles' }]}
      title="Roles"
      description="Roles are granted to groups; people have the roles of their groups."
    >
      <div className="grid gap-6">
        <ListCard>
          <RoleTable
            roles={roles.map((role) => ({
              id: role.id,
              href: `/${slug}/roles/${role.id}`,
              name: role.name,
              description: role.description,
              builtIn: role.builtin,
              groups: role.firstGroups,
              groupCount: role.groupCount,
              userCount: people.get(role.id)?.people ?? 0,
              userCountIsAbout: people.get(role.id)?.about ?? false,
            }))}
          />
        </ListCard>
        <Card>
          <CardHeader
            title="Rules"
            description="A pushed group with this name gets the role the moment it arrives."
          />
          {rules.length === 0 ? (
            <EmptyState title="No rules yet">
              With a rule, configuring Group Push in Okta provisions roles as well.
            </EmptyState>
          ) : (
            <RuleTable
              rules={rules.map((rule) => ({
                id: rule.id,
                match: rule.match,
                name: rule.pattern,
                role: rule.roleName,
                groupCount: rule.groupCount,
                createdAt: rule.createdAt,
              }))}
              remove={
                admin
                  ? (rule) => (
                      <form action={removeRule.bind(null, slug, rule.id)}>
                        <SubmitButton
                          variant="ghost"
                          size="sm"
                          pending="Removing…"
                          aria-label={`Remove the rule ${rule.name}`}
                        >
                          Remove
                        </SubmitButton>
                      </form>
                    )
                  : undefined
              }
            />
          )}
          {admin && (
            <ActionForm
              action={addRule.bind(null, slug)}
              className="grid gap-3 border-t px-4 py-4 sm:grid-cols-[10rem_minmax(0,1fr)_14rem_auto] sm:items-end"
            >
              <SelectField
                id="match"
                name="match"
                label="A pushed group"
                options={[
                  { value: 'exact', label: 'named exactly' },
                  { value: 'pattern', label: 'like (* and ?)' },
                ]}
              />
              <TextField id="pattern" name="pattern" label="Name or pattern" required autoComplete="off" />
              <SelectField
                id="ruleRole"
                name="roleId"
                label="gets role"
                options={roles.map((role) => ({ value: role.id, label: role.name }))}
              />
              <SubmitButton variant="secondary" pending="Adding…">
                Add rule
              </SubmitButton>
            </ActionForm>
          )}
        </Card>
        {admin && (
          <Card>
            <CardHeader
              title="Define a role"
              description="For what your own systems do with it. SCIM clients find it under /Roles."
            />
            <CardBody>
              <ActionForm action={addRole.bind(null, slug)} className="grid gap-4">
                <TextField
                  id="name"
                  name="name"
                  label="Name"
                  description="Lower-case letters, digits and _, such as payroll_editor. It does not change later."
                  required
                  autoComplete="off"
                />
                <TextField id="displayName" name="displayName" label="Title" required autoComplete="off" />
                <TextField
                  id="description"
                  name="description"
                  label="What it permits"
                  optional
                  autoComplete="off"
                />
                <div>
                  <SubmitButton pending="Saving…">Define role</SubmitButton>
                </div>
              </ActionForm>
            </CardBody>
          </Card>
        )}
      </div>
    </Page>
  )
}
