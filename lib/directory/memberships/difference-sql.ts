/** What became of one table: how many rows, and the first of them. */
export type DifferenceRow = { added_count: number; removed_count: number; added: string[]; removed: string[] }

const SHOWN = 100

/** The last SELECT of a statement whose CTEs `new` and `gone` hold the changed rows. */
const difference = (column: string) => `
  SELECT (SELECT count(*)::int FROM new) AS added_count, (SELECT count(*)::int FROM gone) AS removed_count,
    ARRAY(SELECT ${column}::text FROM new LIMIT ${SHOWN}) AS added, ARRAY(SELECT ${column}::text FROM gone LIMIT ${SHOWN}) AS removed`

/**
 * Of the CTEs `known`, users who may be new, and `gone`, memberships deleted: writes both, and tells which ids of `wanted`
 * are no users'. $4: the time, $5: the exchange.
 */
const changeUsers = (wanted: string) => `
  , ended AS (
    INSERT INTO membership_ended (team_id, id, group_id, user_id, added_at, ended_at, exchange_id)
    SELECT $1, gen_random_uuid(), $2, gone.user_id, gone.added_at, $4, $5 FROM gone
  ), new AS (
    INSERT INTO membership (team_id, group_id, user_id, added_at, exchange_id)
    SELECT $1, $2, known.id, $4, $5 FROM known ORDER BY known.id ON CONFLICT DO NOTHING RETURNING user_id
  )
  ${difference('user_id')},
    (SELECT string_agg(id::text, ',') FROM (${wanted} EXCEPT SELECT id FROM known) others) AS others`

/** $3: those to add, $6: those to remove. */
export const ADD_AND_REMOVE_USERS = `
  WITH known AS MATERIALIZED (
    SELECT u.id FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY ((SELECT $3::uuid[])::uuid[])
  ), gone AS (
    DELETE FROM membership m WHERE m.team_id = $1 AND m.group_id = $2 AND m.user_id = ANY ((SELECT $6::uuid[])::uuid[])
    RETURNING m.user_id, m.added_at
  ) ${changeUsers('SELECT id FROM unnest($3::uuid[]) id')}`

/**
 * $3: everybody who is to be a member. A full join alone reads both sides once, whatever the planner takes them to be; of
 * those who stay nothing more is looked at.
 */
export const SET_USERS = `
  WITH differing AS MATERIALIZED (
    SELECT w.id AS wanted, m.user_id AS present FROM unnest((SELECT $3::uuid[])) AS w (id)
      FULL JOIN (SELECT user_id FROM membership WHERE team_id = $1 AND group_id = $2) m ON m.user_id = w.id
    WHERE w.id IS NULL OR m.user_id IS NULL
  ), known AS MATERIALIZED (
    SELECT u.id FROM directory_user u WHERE u.team_id = $1 AND u.id = ANY (ARRAY(SELECT wanted FROM differing WHERE wanted IS NOT NULL))
  ), gone AS (
    DELETE FROM membership m WHERE m.team_id = $1 AND m.group_id = $2
      AND m.user_id = ANY (ARRAY(SELECT present FROM differing WHERE present IS NOT NULL)) RETURNING m.user_id, m.added_at
  ) ${changeUsers('SELECT wanted AS id FROM differing WHERE wanted IS NOT NULL')}`

/** $3: ids of groups to add, $4: ids to remove, $6: whether to remove everybody else. */
export const CHANGE_GROUPS = `
  WITH gone AS (
    DELETE FROM nested_group n WHERE n.team_id = $1 AND n.group_id = $2
      AND (n.member_group_id = ANY ($4::uuid[]) OR ($6::bool AND NOT n.member_group_id = ANY ($3::uuid[]))) RETURNING n.member_group_id
  ), new AS (
    INSERT INTO nested_group (team_id, group_id, member_group_id, added_at, exchange_id)
    SELECT $1, $2, id, $5, $7 FROM unnest($3::uuid[]) AS id ON CONFLICT DO NOTHING RETURNING member_group_id
  ) ${difference('member_group_id')}`

/** $3: values to keep as unresolved, $8: what they are called, $4: values to forget, $6: whether to forget all others. */
export const CHANGE_UNRESOLVED = `
  WITH gone AS (
    DELETE FROM unresolved_member r WHERE r.team_id = $1 AND r.group_id = $2
      AND (r.value = ANY ($4::text[]) OR ($6::bool AND NOT r.value = ANY ($3::text[]))) RETURNING r.value
  ), new AS (
    INSERT INTO unresolved_member (team_id, group_id, value, display, added_at, exchange_id)
    SELECT $1, $2, value, display, $5, $7 FROM unnest($3::text[], $8::text[]) AS given (value, display) ON CONFLICT DO NOTHING RETURNING value
  ) ${difference('value')}`
