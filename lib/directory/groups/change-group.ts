import type { PoolClient } from 'pg'
import { confirmed } from '#lib/activity/confirmed'
import { prepared } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { uniqueViolation } from '#lib/db/unique-violation'
import { announce } from '#lib/live/announce'
import { inTurn } from '#lib/platform/in-turn'
import type { LongText } from '#lib/platform/long-text'
import { caseKey } from '#lib/scim/case-key'
import type { Attributes } from '#lib/scim/json-value'
import type { Note } from '#lib/scim/note'
import { type Change, changesBetween } from '#lib/scim/patch/changes-between'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { applyMemberChange, type MemberDifference } from '../memberships/apply-member-change.ts'
import { changesOfDifference, describeDifference } from '../memberships/describe-difference.ts'
import type { MemberChange } from '../memberships/member-change.ts'
import { grantByRules, ruleMatches } from '../roles/rule-sql.ts'
import { docOf } from '../users/user-row.ts'
import { groupTurn, type Write } from '../write.ts'
import { nameTaken } from './create-group.ts'
import { lockGroup } from './find-group.ts'
import { type GroupRow, groupName } from './group-row.ts'
import { readGroup } from './read-group.ts'

/** What to do with a locked group: its next attributes, and what happens to its membership (undefined: nothing). */
export type GroupNext = { attributes: Attributes; members: MemberChange | undefined; notes: readonly Note[] }

export type ChangedGroup = { id: string; version: number; text: LongText | undefined; notes: readonly Note[] }

const UPDATE_GROUP = `
  WITH before AS (SELECT g.name_key, g.managed_by FROM directory_group g WHERE g.team_id = $1 AND g.id = $2),
  written AS (
    UPDATE directory_group g SET display_name = $3, name_key = $4, external_id = $5, doc = $6::jsonb,
      version = g.version + $7::int, updated_at = CASE WHEN $7::int > 0 THEN $8::timestamptz ELSE g.updated_at END,
      member_count = g.member_count + $9::int, managed_by = coalesce($10::uuid, g.managed_by),
      last_push_at = CASE WHEN $10::uuid IS NOT NULL THEN $8 ELSE g.last_push_at END,
      last_membership_at = CASE WHEN $11::bool THEN $8 ELSE g.last_membership_at END,
      last_push_exchange_id = CASE WHEN $10::uuid IS NOT NULL THEN $12::uuid ELSE g.last_push_exchange_id END,
      push_error_at = NULL, push_error_status = NULL, push_error = NULL, push_error_exchange_id = NULL
    WHERE g.team_id = $1 AND g.id = $2 RETURNING g.id, g.name_key, g.managed_by, g.version
  ), renamed AS (
    SELECT w.* FROM written w, before b WHERE w.name_key <> b.name_key OR (b.managed_by IS NULL AND w.managed_by IS NOT NULL)
  ), granted AS (${grantByRules('$1', 'renamed')}), withdrawn AS (
    DELETE FROM role_grant x USING renamed w, role_rule r
    WHERE x.team_id = $1 AND x.group_id = w.id AND r.team_id = $1 AND r.id = x.rule_id AND NOT ${ruleMatches('w.name_key')}
  )
  SELECT version FROM written`

/**
 * Changes a group under its row lock, in one transaction: attributes, membership (the difference only), the roles that
 * rules give its name, and the record. `next` computes from the stored attributes; it may throw ScimError (412, 400).
 * `shown`: read the group back for the answer; without it the answer is 204 and costs nothing more.
 */
export async function changeGroup(
  write: Write,
  id: string,
  definition: ResourceDefinition,
  next: (stored: Attributes, row: GroupRow, tx: PoolClient) => GroupNext | Promise<GroupNext>,
  shown: boolean,
): Promise<ChangedGroup> {
  let wantedName = ''
  const work = async (tx: PoolClient): Promise<ChangedGroup> => {
    const row = await lockGroup(write.teamId, id, tx)
    const { schemas: _schemas, ...stored } = JSON.parse(row.doc) as Attributes
    const { attributes, members, notes } = await next(stored, row, tx)
    wantedName = groupName(attributes)
    const where = {
      teamId: write.teamId,
      groupId: row.id,
      at: new Date(write.now),
      exchangeId: write.recorder.exchangeId,
    }
    const difference = members && (await applyMemberChange(tx, where, members))
    const changes = changesBetween(stored, attributes, definition)
    const version = await writeGroup(tx, write, row, attributes, definition, {
      changes,
      difference,
      pushed: members !== undefined,
    })
    const text = shown ? (await readGroup(write.teamId, row.id, write.scimBaseUrl, tx)).text : undefined
    const deed = {
      ...deedOf(row, groupName(attributes), changes, difference),
      resource: { type: 'Group' as const, id: row.id, name: groupName(attributes) },
      changes: [...changes, ...(difference ? changesOfDifference(difference) : [])],
      notes,
      status: shown ? 200 : 204,
      responseBody: text,
    }
    await tx.query(write.recorder.insert(1, ''), write.recorder.values(deed))
    return { id: row.id, version, text, notes }
  }
  const turn = inTurn(groupTurn(write.teamId, id), () => inTransaction(work))
  const changed = await turn.catch(async (cause) => {
    throw uniqueViolation(cause) === undefined ? cause : await nameTaken(write.teamId, wantedName)
  })
  write.recorder.done()
  announce(write.teamId, 'access')
  return changed
}

type Outcome = { changes: readonly Change[]; difference: MemberDifference | undefined; pushed: boolean }

async function writeGroup(
  tx: PoolClient,
  write: Write,
  row: GroupRow,
  attributes: Attributes,
  definition: ResourceDefinition,
  outcome: Outcome,
): Promise<number> {
  const { difference } = outcome
  const moved = difference
    ? difference.addedCount + difference.removedCount + difference.unresolved.length
    : 0
  const delta = difference ? difference.addedCount - difference.removedCount : 0
  const name = groupName(attributes)
  const at = new Date(Math.max(write.now, row.updated_at.getTime()))
  const externalId = typeof attributes.externalId === 'string' ? attributes.externalId : null
  const { rows } = await prepared<{ version: number }>(tx, 'update-group', UPDATE_GROUP, [
    write.teamId,
    row.id,
    name,
    caseKey(name),
    externalId,
    docOf(attributes, definition),
    outcome.changes.length + moved > 0 ? 1 : 0,
    at,
    delta,
    write.connectionId,
    outcome.pushed,
    write.recorder.exchangeId,
  ])
  return rows[0]?.version ?? row.version
}

function deedOf(
  row: GroupRow,
  name: string,
  changes: readonly Change[],
  difference: MemberDifference | undefined,
): { action: string; summary: string } {
  const renamed = changes.some((change) => change.path === 'displayName')
  const others = changes.filter((change) => change.path !== 'displayName').map((change) => change.path)
  const parts = [
    renamed ? `renamed ${row.display_name} to ${name}` : undefined,
    others.length > 0 ? `updated ${name}: ${others.join(', ')}` : undefined,
    difference && describeDifference(difference, name),
  ].filter((part) => part !== undefined)
  if (parts.length === 0) return { action: 'group.update', summary: confirmed(name) }
  return {
    action:
      difference && !renamed && others.length === 0
        ? 'group.members'
        : renamed
          ? 'group.rename'
          : 'group.update',
    summary: parts.join(', '),
  }
}
