import { pool } from '#lib/db/pool'

/** A directory user who carries an email address, and the roles in effect for them. */
export type SignInAccess = {
  teamId: string
  slug: string
  name: string
  directoryUserId: string
  active: boolean
  roles: string[]
}

/**
 * The directory users that an address stands for, one a team at most: whose userName it is, else whose email it is when
 * only one has it. Roles: through their groups, groups around those groups, `everyone`, and those assigned directly.
 * `emailKey` is lower-cased. `slug` narrows it to one team. Each team's look-up is by index.
 */
export async function signInAccess(emailKey: string, slug?: string): Promise<SignInAccess[]> {
  const { rows } = await pool().query<SignInAccess>(
    `SELECT t.id AS "teamId", t.slug, t.name, u.id AS "directoryUserId", u.active, r.roles
     FROM team t
     CROSS JOIN LATERAL (
       SELECT id, active, doc FROM (
         SELECT id, active, doc, rank, count(*) FILTER (WHERE rank = 2) OVER () AS by_email FROM (
           SELECT id, active, doc, 1 AS rank FROM directory_user
           WHERE team_id = t.id AND user_name_key = $1
           UNION ALL
           (SELECT id, active, doc, 2 FROM directory_user
            WHERE team_id = t.id AND email_keys @> ARRAY[$1] LIMIT 2)
         ) found
       ) ranked
       WHERE rank = 1 OR by_email = 1 ORDER BY rank LIMIT 1
     ) u
     CROSS JOIN LATERAL (
       WITH RECURSIVE inside(group_id) AS (
         SELECT group_id FROM (
           SELECT m.group_id FROM membership m WHERE m.team_id = t.id AND m.user_id = u.id
           UNION ALL
           SELECT g.id FROM directory_group g WHERE g.team_id = t.id AND g.name_key = 'everyone' AND g.system IS NOT NULL
         ) own
         UNION
         SELECT n.group_id FROM nested_group n JOIN inside i ON n.member_group_id = i.group_id WHERE n.team_id = t.id
       )
       SELECT array(
         SELECT o.name FROM inside i
         JOIN role_grant g ON g.team_id = t.id AND g.group_id = i.group_id
         JOIN role o ON o.team_id = t.id AND o.id = g.role_id
         UNION
         SELECT o.name FROM jsonb_path_query(u.doc, 'lax $.roles[*].value') AS direct(value)
         JOIN role o ON o.team_id = t.id AND (o.name = direct.value #>> '{}' OR o.id::text = direct.value #>> '{}')
       ) AS roles
     ) r
     WHERE t.scratch_until IS NULL AND ($2::text IS NULL OR t.slug = $2)
     ORDER BY t.name, t.slug`,
    [emailKey, slug ?? null],
  )
  return rows
}
