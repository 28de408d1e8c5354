import { RuleTable } from '#components/role/rule-table'
import { ActionForm } from '#components/ui/action-form'
import { Button } from '#components/ui/button'
import { Card, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { SelectField, TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'
import type { RoleSummary, RuleSummary } from '#lib/directory/pages/role-pages'
import { addRule, removeRule } from './actions.ts'
import { ruleRows } from './rule-rows.ts'

/** The rules by which a pushed group gets a role, and for admins the making of more. */
export function RoleRules({
  slug,
  rules,
  roles,
  admin,
}: {
  slug: string
  rules: readonly RuleSummary[]
  roles: readonly RoleSummary[]
  admin: boolean
}) {
  return (
    <Card>
      <CardHeader
        title="Rules"
        description="A pushed group with this name gets the role the moment it arrives: configuring Group Push in Okta then provisions roles as well."
      />
      {rules.length === 0 ? (
        <EmptyState compact title="No rules yet">
          For example: a pushed group like <span className="font-mono text-xs">Ops *</span> gets role{' '}
          <span className="font-mono text-xs">access_admin</span>.
        </EmptyState>
      ) : (
        <RuleTable
          rules={ruleRows(rules)}
          remove={
            admin
              ? (rule) => (
                  <ConfirmDialog
                    trigger={
                      <Button
                        variant="ghost"
                        size="sm"
                        aria-label={`Remove the rule ${rule.name}, ${rule.role}`}
                      >
                        Remove
                      </Button>
                    }
                    title="Remove this rule?"
                    description={`Groups that have ${rule.role} by it lose it at once: ${rule.groupCount.toLocaleString('en')} now.`}
                    confirmLabel="Remove rule"
                    pendingLabel="Removing…"
                    action={removeRule.bind(null, slug, rule.id)}
                  />
                )
              : undefined
          }
        />
      )}
      {admin && (
        <ActionForm action={addRule.bind(null, slug)} className="grid gap-3 border-t px-4 py-4">
          <div className="grid gap-3 sm:grid-cols-[10rem_minmax(0,1fr)_14rem_auto] sm:items-end">
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
          </div>
        </ActionForm>
      )}
    </Card>
  )
}
