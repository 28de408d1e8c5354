import { Page } from '#components/frame/page'
import { RoleEffects } from '#components/role/role-effects'
import { RoleTable } from '#components/role/role-table'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { peopleOfRoles, roleRules, roleSummaries } from '#lib/directory/pages/role-pages'
import { RoleRules } from './role-rules.tsx'

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
      action={admin && <LinkButton href={`/${slug}/roles/new`}>Define a role</LinkButton>}
    >
      <div className="grid gap-6">
        <ListCard>
          <RoleTable
            roles={roles.map((role) => ({
              id: role.id,
              href: `/${slug}/roles/${role.id}`,
              name: role.name,
              title: role.displayName,
              description: role.description,
              builtIn: role.builtin,
              groups: role.firstGroups,
              groupCount: role.groupCount,
              userCount: people.get(role.id)?.people ?? 0,
              userCountIsAbout: people.get(role.id)?.about ?? false,
            }))}
          />
          <RoleEffects />
        </ListCard>
        <RoleRules slug={slug} rules={rules} roles={roles} admin={admin} />
      </div>
    </Page>
  )
}
