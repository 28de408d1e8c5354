import { type EventActor, eventValues, insertEvent } from '#lib/activity/record-event'
import { pool, prepared, type Queryable } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { uniqueViolation } from '#lib/db/unique-violation'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid, newId } from '#lib/platform/ids'
import { withoutWriters } from '../blocks/settled-seq.ts'
import { roleById } from './role-by-id.ts'
import { grantByRules } from './rule-sql.ts'

export type RuleInput = { match: 'exact' | 'pattern'; pattern: string; roleId: string }

/**
 * Adds a rule "a pushed group named … gets role …" and applies it to the pushed groups that are there already.
 * Returns how many groups got the role now.
 */
export async function createRule(
  teamId: string,
  input: RuleInput,
  actor: EventActor,
): Promise<{ id: string; granted: number }> {
  const pattern = input.pattern.trim()
  if (pattern.length < 1 || pattern.length > 200)
    throw new DomainError(
      'invalid',
      'Write the group’s name, or a pattern with * and ?, of up to 200 characters.',
      { field: 'pattern' },
    )
  if (input.match === 'pattern' && !/[^*?\s]/.test(pattern))
    throw new DomainError(
      'invalid',
      'This pattern would match every group. Give it some letters, such as Ops *.',
      { field: 'pattern' },
    )
  const role = await roleById(teamId, input.roleId)
  const id = newId()
  const granted = await inTransaction(async (tx) => {
    await tx.query(
      'INSERT INTO role_rule (team_id, id, match, pattern, role_id, created_by) VALUES ($1, $2, $3, $4, $5, $6)',
      [teamId, id, input.match, pattern, input.roleId, actor.name],
    )
    const granted = await applyRules(tx, teamId)
    const summary = `added the rule: pushed groups named ${pattern} get ${role.name}`
    await tx.query(
      insertEvent(1, ''),
      eventValues({
        teamId,
        actor,
        action: 'rule.create',
        summary,
        resource: { type: 'Role', id: input.roleId, name: role.name },
        detail: { ruleId: id, granted },
      }),
    )
    return granted
  }).catch((cause) => {
    if (uniqueViolation(cause) === undefined) throw cause
    throw new DomainError('conflict', `There is a rule for ${pattern} and ${role.name} already.`, {
      field: 'pattern',
    })
  })
  // A group that arrived meanwhile may have seen no rule, and its transaction was not to be seen from this one's.
  await withoutWriters('Group')
  const later = await applyRules(pool(), teamId)
  announce(teamId, 'access')
  return { id, granted: granted + later }
}

/** Grants what the rules say for the pushed groups that are there, and returns how many grants were new. */
async function applyRules(on: Queryable, teamId: string): Promise<number> {
  const groups =
    '(SELECT id, name_key, managed_by FROM directory_group WHERE team_id = $1 AND system IS NULL)'
  const { rowCount } = await prepared(on, 'apply-rules', grantByRules('$1', groups), [teamId])
  return rowCount ?? 0
}

/** Removes a rule and the grants it made. */
export async function deleteRule(teamId: string, id: string, actor: EventActor): Promise<void> {
  if (!isUuid(id)) throw new DomainError('not_found', 'There is no such rule in this team.')
  await inTransaction(async (tx) => {
    await tx.query('DELETE FROM role_grant WHERE team_id = $1 AND rule_id = $2', [teamId, id])
    const { rows } = await tx.query<{ pattern: string; role_id: string; name: string }>(
      'DELETE FROM role_rule l USING role r WHERE l.team_id = $1 AND l.id = $2 AND r.team_id = $1 AND r.id = l.role_id RETURNING l.pattern, l.role_id, r.name',
      [teamId, id],
    )
    const gone = rows[0]
    if (!gone) throw new DomainError('not_found', 'There is no such rule in this team.')
    const summary = `removed the rule: pushed groups named ${gone.pattern} get ${gone.name}`
    await tx.query(
      insertEvent(1, ''),
      eventValues({
        teamId,
        actor,
        action: 'rule.delete',
        summary,
        resource: { type: 'Role', id: gone.role_id, name: gone.name },
      }),
    )
  })
  announce(teamId, 'access')
}
