import { GrantList } from '#components/role/grant-list'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { SelectField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import type { GroupDetail } from '#lib/directory/pages/group-detail'
import { roleSummaries } from '#lib/directory/pages/role-pages'
import { grantToGroup, revokeFromGroup } from '../actions.ts'

/** The roles granted to a group, and for admins the granting of more. */
export async function GroupRoles({
  slug,
  teamId,
  group,
  admin,
}: {
  slug: string
  teamId: string
  group: GroupDetail
  admin: boolean
}) {
  const free = (await roleSummaries(teamId)).filter(
    (role) => !group.grants.some((grant) => grant.roleId === role.id),
  )
  const may = admin && group.system !== 'owners'
  return (
    <Card>
      <CardHeader title="Roles" description="What this group’s members may do through it." />
      {group.grants.length === 0 ? (
        <EmptyState title="No roles">Grant one below, or add a rule under Roles.</EmptyState>
      ) : (
        <GrantList
          grants={group.grants.map((grant) => ({
            id: grant.roleId,
            name: grant.roleName,
            href: `/${slug}/roles/${grant.roleId}`,
            grantedBy: grant.byRule ? `by the rule “${grant.byRule}”` : `by ${grant.grantedBy}`,
            grantedAt: grant.since,
            description: grant.description,
          }))}
          remove={
            may
              ? (grant) => (
                  <form action={revokeFromGroup.bind(null, slug, group.id, grant.id)}>
                    <SubmitButton
                      variant="ghost"
                      size="sm"
                      pending="Removing…"
                      aria-label={`Remove ${grant.name}`}
                    >
                      Remove
                    </SubmitButton>
                  </form>
                )
              : undefined
          }
        />
      )}
      {may && free.length > 0 && (
        <ActionForm
          action={grantToGroup.bind(null, slug, group.id)}
          className="flex flex-wrap items-end gap-2 border-t px-4 py-3"
        >
          <SelectField
            id="roleId"
            name="roleId"
            label="Grant a role"
            options={free.map((role) => ({ value: role.id, label: `${role.displayName} (${role.name})` }))}
          />
          <SubmitButton variant="secondary" pending="Granting…">
            Grant role
          </SubmitButton>
        </ActionForm>
      )}
    </Card>
  )
}
