import pg from 'pg'
import type { Target } from '../targets/target.ts'

const UUID = `lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0')`

// Version 7 ids as the server makes them, the documents as it stores them.
const MUSTER = `
  WITH made AS (
    SELECT n, (overlay(overlay(${UUID} || lpad(to_hex(n), 20, '0') placing '7' from 13) placing '8' from 17))::uuid AS id,
      's.' || n || '@example.com' AS user_name, 'Seed ' || n AS display
    FROM generate_series(1, $1::int) n
  ), seeded AS (
  INSERT INTO directory_user (team_id, id, user_name, user_name_key, external_id, display_name, display_name_key, email_keys,
    search_text, active, doc, created_at, updated_at, managed_by)
  SELECT c.team_id, made.id, user_name, user_name, '00s' || n, display, lower(display), ARRAY[user_name], user_name || E'\\n' || lower(display), true,
    jsonb_build_object('schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User'), 'userName', user_name, 'externalId', '00s' || n,
      'displayName', display, 'active', true, 'emails', jsonb_build_array(jsonb_build_object('value', user_name, 'type', 'work', 'primary', true))),
    now(), now(), c.id
  FROM made, connection c RETURNING team_id, updated_at, id)
  INSERT INTO user_change (team_id, changed_at, id) SELECT team_id, updated_at, id FROM seeded RETURNING id`

const REFERENCE = `
  INSERT INTO su (id, lname, doc)
  SELECT gen_random_uuid(), 's.' || n || '@example.com', jsonb_build_object('userName', 's.' || n || '@example.com')
  FROM generate_series(1, $1::int) n RETURNING id`

/**
 * Does now what PostgreSQL would do by itself within seconds of so many new rows, on both servers: what is measured next
 * is how a directory works that has been there for a while.
 */
export async function tidyUp(target: Target): Promise<void> {
  const client = new pg.Client({ connectionString: target.databaseUrl })
  await client.connect()
  try {
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** Puts users into the store by SQL, where making them through SCIM is not what is measured. Returns their ids. */
export async function seedUsers(target: Target, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: target.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(target.name === 'muster' ? MUSTER : REFERENCE, [count])
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
    return rows.map((row) => row.id)
  } finally {
    await client.end()
  }
}
