import { folded } from '../filter-predicate.ts'

/** The rule's pattern as LIKE sees it: `*` any text, `?` one character, everything else itself. */
const LIKE_PATTERN = String.raw`replace(replace(replace(replace(replace(${folded('r.pattern')}, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'), '?', '_')`

/** SQL condition: rule `r` names the group whose name in the form of `caseKey` is `nameKey` (an SQL expression). */
export function ruleMatches(nameKey: string): string {
  return `(CASE r.match WHEN 'exact' THEN ${folded('r.pattern')} = ${nameKey} ELSE ${nameKey} LIKE ${LIKE_PATTERN} END)`
}

/**
 * Grants what the team's rules say for pushed groups; `from` yields the `id`, `name_key` and `managed_by` of each. A group that
 * somebody made by hand gets nothing by rule.
 */
export function grantByRules(teamParameter: string, from: string): string {
  return `INSERT INTO role_grant (team_id, group_id, role_id, granted_by, rule_id, created_at)
    SELECT DISTINCT ON (w.id, r.role_id) ${teamParameter}, w.id, r.role_id, 'rule', r.id, now() FROM ${from} w
    JOIN role_rule r ON r.team_id = ${teamParameter} AND ${ruleMatches('w.name_key')}
    WHERE w.managed_by IS NOT NULL ORDER BY w.id, r.role_id, r.id
    ON CONFLICT DO NOTHING`
}
