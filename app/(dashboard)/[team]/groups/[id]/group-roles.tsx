import { GrantList } from '#components/role/grant-list'
import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
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
  const roles = await roleSummaries(teamId)
  const free = roles.filter((role) => !group.grants.some((grant) => grant.roleId === role.id))
  const may = admin && group.system !== 'owners'
  return (
    <Card>
      {group.grants.length === 0 ? (
        <EmptyState compact title="No roles">
          {admin
            ? 'Grant one below, or add a rule under Roles that grants it by the group’s name.'
            : 'An admin can grant roles to this group.'}
        </EmptyState>
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
                  <ConfirmDialog
                    trigger={
                      <Button variant="ghost" size="sm" aria-label={`Remove ${grant.name}`}>
                        Remove
                      </Button>
                    }
                    title={`Take ${grant.name} from ${group.displayName}?`}
                    description={consequence(group, grant.id, grant.name, roles)}
                    confirmLabel="Remove role"
                    pendingLabel="Removing…"
                    action={revokeFromGroup.bind(null, slug, group.id, grant.id)}
                  />
                )
              : undefined
          }
        />
      )}
      {group.system === 'owners' && (
        <p className="border-t px-4 py-2.5 text-fg-muted text-sm">
          The roles of owners are fixed: somebody must always be able to administer the team.
        </p>
      )}
      {may && free.length > 0 && (
        <ActionForm
          action={grantToGroup.bind(null, slug, group.id)}
          className="grid gap-2 border-t px-4 py-3"
        >
          <div className="flex flex-wrap items-end gap-2">
            <SelectField
              id="roleId"
              name="roleId"
              label="Grant a role"
              options={free.map((role) => ({ value: role.id, label: `${role.name} (${role.displayName})` }))}
              className="min-w-0 flex-1 basis-60"
            />
            <SubmitButton variant="secondary" pending="Granting…">
              Grant role
            </SubmitButton>
          </div>
        </ActionForm>
      )}
    </Card>
  )
}

/** What taking a role from a group means: for its members, for the role, and for a rule that would grant it again. */
function consequence(
  group: GroupDetail,
  roleId: string,
  name: string,
  roles: readonly { id: string; groupCount: number }[],
): string {
  const rule = group.grants.find((grant) => grant.roleId === roleId)?.byRule
  return [
    `Members who have ${name} through this group only lose it at once.`,
    roles.find((role) => role.id === roleId)?.groupCount === 1 &&
      `No other group has it: after this, nobody has ${name} through a group.`,
    rule && `The rule “${rule}” granted it, and grants it again when the group is renamed or pushed anew.`,
  ]
    .filter(Boolean)
    .join(' ')
}
