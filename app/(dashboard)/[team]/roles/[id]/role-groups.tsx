import { GrantList } from '#components/role/grant-list'
import { ActionForm } from '#components/ui/action-form'
import { Card, CardHeader } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import type { RoleDetail } from '#lib/directory/pages/role-pages'
import { grantByName } from '../actions.ts'

/** The groups that have a role, and for admins the granting of it to one more. */
export function RoleGroups({ slug, role, admin }: { slug: string; role: RoleDetail; admin: boolean }) {
  return (
    <Card>
      <CardHeader
        title="Groups with this role"
        description="Everybody in them has the role; open a group to take it away."
      />
      {role.groups.length === 0 ? (
        <EmptyState compact title="No group has it yet" />
      ) : (
        <GrantList
          grants={role.groups.map((group) => ({
            id: group.id,
            name: group.name,
            href: `/${slug}/groups/${group.id}?tab=roles`,
            grantedBy: group.byRule ? `by the rule “${group.byRule}”` : `by ${group.grantedBy}`,
            grantedAt: group.since,
            description: group.system
              ? 'Muster’s own group'
              : `${group.memberCount.toLocaleString('en')} ${group.memberCount === 1 ? 'member' : 'members'}`,
          }))}
        />
      )}
      {admin && (
        <ActionForm action={grantByName.bind(null, slug, role.id)} className="grid gap-2 border-t px-4 py-3">
          <div className="flex flex-wrap items-end gap-2">
            <TextField
              id="group"
              name="group"
              label="Grant it to a group, by name"
              required
              autoComplete="off"
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
