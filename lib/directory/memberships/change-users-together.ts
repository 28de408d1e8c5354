import { exchangeRows, insertExchangesWith } from '#lib/activity/exchange-sql'
import { permitOf } from '#lib/db/permit'
import { anyOf, pool, prepared } from '#lib/db/pool'
import { uuidArray } from '../write.ts'
import { memberWords, SHOWN } from './member-words.ts'
import type { UsersChange } from './users-change.ts'

/** The group, locked, and the requests in their order, each with those it names. */
const asked = `
  permit AS MATERIALIZED (${permitOf('$10', '$9')}),
  g AS MATERIALIZED (
    SELECT d.id, d.managed_by FROM directory_group d, permit
    WHERE permit.good AND d.team_id = $1 AND d.id = $2 AND d.system IS NULL FOR NO KEY UPDATE OF d
  ), request AS MATERIALIZED (
    SELECT r.* FROM unnest((SELECT $3::uuid[]), (SELECT $4::timestamptz[])) WITH ORDINALITY AS r (exchange_id, at, ord)
  ), named AS MATERIALIZED (
    SELECT n.* FROM unnest((SELECT $5::uuid[]), (SELECT $6::int[])) AS n (user_id, ord)
  )`

/** Of several requests that name one user the first counts. */
const first = `
  first AS MATERIALIZED (
    SELECT DISTINCT ON (n.user_id) n.user_id, fit.* FROM named n JOIN fit ON fit.ord = n.ord ORDER BY n.user_id, n.ord
  )`

/**
 * What follows from `fit`, the requests that can be done so, and `changed`, who was added or removed and by which: the
 * group's own row, with a version for each request that changed something, and each request's record.
 */
const concluded = (direction: 'add' | 'remove') => `
  done AS MATERIALIZED (
    SELECT fit.ord, fit.exchange_id, fit.at, count(c.user_id)::int AS delta, to_jsonb((array_agg(c.user_id) FILTER (WHERE c.user_id IS NOT NULL))[1:${SHOWN}]) AS ids
    FROM fit LEFT JOIN changed c ON c.exchange_id = fit.exchange_id GROUP BY fit.ord, fit.exchange_id, fit.at
  ), written AS (
    UPDATE directory_group d SET member_count = d.member_count ${direction === 'add' ? '+' : '-'} n.delta, version = d.version + n.changing,
      updated_at = greatest(d.updated_at, n.changed_at), managed_by = coalesce($7::uuid, d.managed_by),
      last_push_at = CASE WHEN $7::uuid IS NULL THEN d.last_push_at ELSE n.at END, last_membership_at = n.at,
      last_push_exchange_id = n.exchange_id,
      push_error_at = NULL, push_error_status = NULL, push_error = NULL, push_error_exchange_id = NULL
    FROM (
      SELECT sum(delta)::int AS delta, count(*) FILTER (WHERE delta > 0)::int AS changing, max(at) AS at,
        max(at) FILTER (WHERE delta > 0) AS changed_at, (array_agg(exchange_id ORDER BY ord DESC))[1] AS exchange_id
      FROM done HAVING count(*) > 0
    ) n WHERE d.team_id = $1 AND d.id = $2 RETURNING d.version, d.display_name, n.changing
  ), told AS MATERIALIZED (
    SELECT done.*, written.display_name,
      (written.version - written.changing + count(*) FILTER (WHERE done.delta > 0) OVER (ORDER BY done.ord))::int AS version
    FROM done, written
  ), recorded AS (${insertExchangesWith('told ON told.exchange_id = e.id', '$8', {
    resource_name: 'told.display_name',
    summary: memberWords(direction, 'told.delta', 'told.display_name'),
    changes: `jsonb_build_array(jsonb_build_object('path', 'members', '${direction === 'add' ? 'after' : 'before'}', told.ids))`,
  })})
  SELECT permit.good, told.ord::int, told.version FROM permit LEFT JOIN told ON true`

// A sub-select after NOT IN is hashed; written as a join it may be run through for each user.
const ADD = `
  WITH ${asked}, known AS MATERIALIZED (
    SELECT u.id FROM directory_user u WHERE u.team_id = $1 AND u.id ${anyOf('$5', 'uuid')}
  ), unfit AS MATERIALIZED (
    SELECT DISTINCT n.ord FROM named n WHERE n.user_id NOT IN (SELECT id FROM known)
  ), fit AS MATERIALIZED (
    SELECT r.* FROM request r, g WHERE ($7::uuid IS NULL OR g.managed_by IS NOT NULL) AND r.ord NOT IN (SELECT ord FROM unfit)
  ), ${first}, changed AS (
    INSERT INTO membership (team_id, group_id, user_id, added_at, exchange_id)
    SELECT $1, $2, user_id, at, exchange_id FROM first ORDER BY user_id ON CONFLICT DO NOTHING RETURNING user_id, exchange_id
  ), ${concluded('add')}`

const REMOVE = `
  WITH ${asked}, fit AS MATERIALIZED (
    SELECT r.* FROM request r, g WHERE ($7::uuid IS NULL OR g.managed_by IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM nested_group x WHERE x.team_id = $1 AND x.group_id = g.id)
      AND NOT EXISTS (SELECT 1 FROM unresolved_member x WHERE x.team_id = $1 AND x.group_id = g.id)
  ), ${first}, changed AS (
    DELETE FROM membership m USING first f WHERE m.team_id = $1 AND m.group_id = $2 AND m.user_id = f.user_id
    RETURNING m.user_id, m.added_at, f.exchange_id, f.at
  ), ended AS (
    INSERT INTO membership_ended (team_id, id, group_id, user_id, added_at, ended_at, exchange_id)
    SELECT $1, gen_random_uuid(), $2, user_id, added_at, at, exchange_id FROM changed
  ), ${concluded('remove')}`

type Row = { good: boolean; ord: number | null; version: number | null }

/**
 * The same as `changeUsersOfGroup` for several requests of one direction, connection and token to one group: one statement
 * and one commit, with the versions and the records that they would have had one after the other. What a request could
 * not be done for (no version) keeps none of the others.
 */
export async function changeUsersTogether(
  direction: 'add' | 'remove',
  changes: readonly UsersChange[],
): Promise<{ good: boolean; version: number | null }[]> {
  const [{ write, groupId, token }] = changes as [UsersChange]
  const { rows } = await prepared<Row>(
    pool(),
    `${direction}-members-together`,
    direction === 'add' ? ADD : REMOVE,
    [
      write.teamId,
      groupId,
      changes.map((change) => change.write.recorder.exchangeId),
      changes.map((change) => new Date(change.write.now).toISOString()),
      uuidArray(changes.flatMap(({ userIds }) => userIds)),
      `{${changes.flatMap(({ userIds }, i) => userIds.map(() => i + 1)).join(',')}}`,
      write.connectionId,
      await exchangeRows(changes.map(({ write: { recorder }, deed }) => recorder.values(deed))),
      new Date().toISOString(),
      token,
    ],
  )
  const versions = new Map(rows.map(({ ord, version }) => [ord, version]))
  return changes.map((_, i) => ({ good: rows[0]?.good === true, version: versions.get(i + 1) ?? null }))
}
