import type pg from 'pg'
import { arrivalSql, groupIdSql, literal, pickSql, userIdSql } from './ids.ts'
import { DEPARTMENTS, FAMILY, GIVEN, REGIONS, TITLES } from './names.ts'

export type WorldSize = { users: number; groups: number; memberships: number; exchanges: number }
export type FillContext = { teamId: string; connectionId: string; now: number; size: WorldSize }

const BATCH = 100_000

/**
 * Users as Okta would have provisioned them over a year, in the order of their arrival: a twentieth deactivated, one in
 * five hundred made by hand. Names repeat as they do among a million people; userName and externalId do not.
 */
export async function fillUsers(client: pg.Client, { teamId, connectionId, now, size }: FillContext) {
  const at = arrivalSql('n', size.users, now)
  for (let from = 1; from <= size.users; from += BATCH) {
    const to = Math.min(size.users, from + BATCH - 1)
    await client.query(`
      INSERT INTO directory_user (team_id, id, user_name, user_name_key, external_id, display_name, display_name_key, given_name_key,
        family_name_key, email_keys, search_text, active, doc, version, created_at, updated_at, managed_by)
      SELECT ${literal(teamId)}::uuid, id, user_name, user_name, external_id, display_name, lower(display_name), lower(given), lower(family),
        ARRAY[user_name], user_name || E'\\n' || lower(display_name), active,
        jsonb_build_object('schemas', CASE WHEN n % 3 = 0 THEN '["urn:ietf:params:scim:schemas:core:2.0:User"]'::jsonb
            ELSE '["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]' END,
          'userName', user_name, 'externalId', external_id, 'displayName', display_name, 'active', active, 'title', title,
          'name', jsonb_build_object('givenName', given, 'familyName', family, 'formatted', display_name), 'locale', 'en-US',
          'emails', jsonb_build_array(jsonb_build_object('value', user_name, 'type', 'work', 'primary', true)))
          || CASE WHEN n % 3 = 0 THEN '{}'::jsonb ELSE jsonb_build_object('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
            jsonb_build_object('department', department, 'employeeNumber', (100000 + n)::text)) END,
        (1 + n % 4)::int, to_timestamp(at / 1000.0), to_timestamp((at + (${now} - at) * ((n * 7919 % 1000) / 1000.0)) / 1000.0),
        CASE WHEN n % 500 = 0 THEN NULL ELSE ${literal(connectionId)}::uuid END
      FROM (
        SELECT n, ${userIdSql('n', size.users, now)} AS id, ${at} AS at, given, family, given || ' ' || family AS display_name, n % 20 <> 7 AS active,
          translate(lower(given || '.' || family), 'éèöüñáíóçžýłıë''', 'eeounaioczylie') || '.' || n || '@corp.example' AS user_name,
          '00u' || substr(md5('external ' || n), 1, 17) AS external_id, ${pickSql(TITLES, `n % ${TITLES.length}`)} AS title,
          ${pickSql(DEPARTMENTS, `n / 7 % ${DEPARTMENTS.length}`)} AS department
        FROM (
          SELECT n, ${pickSql(GIVEN, `n * 31 % ${GIVEN.length}`)} AS given, ${pickSql(FAMILY, `n * 17 / ${GIVEN.length} % ${FAMILY.length}`)} AS family
          FROM generate_series(${from}::bigint, ${to}::bigint) AS n
        ) named
      ) u ORDER BY n`)
  }
  await client.query(
    `INSERT INTO user_change (team_id, changed_at, id) SELECT team_id, updated_at, id FROM directory_user WHERE team_id = ${literal(teamId)}`,
  )
}

/** Groups as departments and regions name them. The first is the largest; see `groupSizes`. */
export async function fillGroups(client: pg.Client, { teamId, connectionId, now, size }: FillContext) {
  const sizes = groupSizes(size)
  const at = arrivalSql('n', size.groups, now)
  const name = `${pickSql(DEPARTMENTS, `n % ${DEPARTMENTS.length}`)} || ' ' || ${pickSql(REGIONS, `n / 12 % ${REGIONS.length}`)} || ' ' || n`
  await client.query(`
    INSERT INTO directory_group (team_id, id, display_name, name_key, external_id, doc, version, member_count, created_at, updated_at,
      managed_by, last_push_at, last_membership_at)
    SELECT ${literal(teamId)}::uuid, ${groupIdSql('n', size.groups, now)}, name, lower(name), external_id,
      jsonb_build_object('schemas', '["urn:ietf:params:scim:schemas:core:2.0:Group"]'::jsonb, 'displayName', name, 'externalId', external_id),
      2, CASE WHEN n = 1 THEN ${sizes.first} WHEN n <= ${1 + sizes.largeGroups} THEN ${sizes.large} ELSE ${sizes.usual} END,
      to_timestamp(${at} / 1000.0), to_timestamp(${at} / 1000.0), CASE WHEN n % 50 = 0 THEN NULL ELSE ${literal(connectionId)}::uuid END,
      CASE WHEN n % 50 <> 0 THEN to_timestamp(${at} / 1000.0) END, to_timestamp(${at} / 1000.0)
    FROM (SELECT n, ${name} AS name, '00g' || substr(md5('group external ' || n), 1, 17) AS external_id FROM generate_series(1, ${size.groups}::bigint) AS n) g ORDER BY n`)
}

/** One group of a tenth of all users, ten of a hundredth, and the rest of one size so that the sum comes out. */
export function groupSizes({ users, groups, memberships }: WorldSize) {
  const first = Math.floor(users / 10)
  const large = Math.floor(users / 100)
  const largeGroups = Math.min(10, groups - 1)
  const rest = Math.max(1, groups - 1 - largeGroups)
  const usual = Math.max(1, Math.floor((memberships - first - largeGroups * large) / rest))
  return { first, large, largeGroups, usual }
}

/** Members spread over all users: group `n` has every k-th user, from a place of its own. */
export async function fillMemberships(client: pg.Client, { teamId, now, size }: FillContext) {
  const sizes = groupSizes(size)
  const ranges: [from: number, to: number, members: number][] = [
    [1, 1, sizes.first],
    [2, 1 + sizes.largeGroups, sizes.large],
  ]
  for (let from = 2 + sizes.largeGroups; from <= size.groups; from += 500)
    ranges.push([from, Math.min(size.groups, from + 499), sizes.usual])
  for (const [from, to, members] of ranges) {
    const step = Math.max(1, Math.floor(size.users / members))
    await client.query(`
      INSERT INTO membership (team_id, group_id, user_id, added_at)
      SELECT ${literal(teamId)}::uuid, group_id, ${userIdSql('u', size.users, now)}, to_timestamp(${arrivalSql('g', size.groups, now)} / 1000.0)
      FROM (SELECT g, ${groupIdSql('g', size.groups, now)} AS group_id, 1 + (g * 7919 + k * ${step}) % ${size.users} AS u
        FROM generate_series(${from}::bigint, ${to}::bigint) AS g, generate_series(1, ${members}::bigint) AS k) m`)
  }
}
