import type { RuleRow } from '#components/role/rule-table'
import type { RuleSummary } from '#lib/directory/pages/role-pages'

export function ruleRows(rules: readonly RuleSummary[]): RuleRow[] {
  return rules.map((rule) => ({
    id: rule.id,
    match: rule.match,
    name: rule.pattern,
    role: rule.roleName,
    groupCount: rule.groupCount,
    createdBy: rule.createdBy,
    createdAt: rule.createdAt,
  }))
}
