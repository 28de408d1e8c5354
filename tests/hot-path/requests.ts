import { randomUUID } from 'node:crypto'
import { pool } from '#lib/db/pool'
import type { Reply, ScimClient } from '../scim-client.ts'

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A directory large enough that PostgreSQL would not read it whole out of thrift, and a bystander of the same size. */
export async function fillDirectory(teamIds: readonly string[], users: number): Promise<void> {
  for (const teamId of teamIds) {
    await pool().query(
      `WITH made AS (
        SELECT n, gen_random_uuid() AS id, 'u' || n || '@example.com' AS name, now() - n * interval '1 s' AS at
        FROM generate_series(1, $2::int) n
      ), users AS (
        INSERT INTO directory_user (team_id, id, user_name, user_name_key, external_id, display_name, display_name_key,
          family_name_key, given_name_key, email_keys, search_text, active, doc, created_at, updated_at)
        SELECT $1, id, name, name, 'x' || n, 'User ' || n, 'user ' || n, 'f' || n, 'g' || n, ARRAY[name], name, true,
          jsonb_build_object('userName', name, 'active', true), at, at FROM made RETURNING team_id, updated_at, id
      ), placed AS (
        INSERT INTO user_change (team_id, changed_at, id) SELECT team_id, updated_at, id FROM users
      ), groups AS (
        INSERT INTO directory_group (team_id, id, display_name, name_key, doc, created_at, updated_at, managed_by)
        SELECT $1, gen_random_uuid(), 'Group ' || n, 'group ' || n, '{}', now(), now(), gen_random_uuid()
        FROM generate_series(1, 1500) n RETURNING id
      ), numbered AS (SELECT id, row_number() OVER () AS n FROM groups), people AS (SELECT id, row_number() OVER () AS n FROM users)
      SELECT 1 FROM numbered, people LIMIT 1`,
      [teamId, users],
    )
    await pool().query(
      `INSERT INTO membership (team_id, group_id, user_id, added_at)
       SELECT $1, g.id, u.id, now() FROM
         (SELECT id, row_number() OVER (ORDER BY id) % 1500 AS n FROM directory_group WHERE team_id = $1) g
         JOIN (SELECT id, row_number() OVER (ORDER BY id) % 1500 AS n FROM directory_user WHERE team_id = $1) u USING (n)`,
      [teamId],
    )
    await pool().query(
      `INSERT INTO exchange (team_id, id, at, kind, method, path, status, duration_us, action, summary)
       SELECT $1, gen_random_uuid(), now(), 'scim', 'GET', '/', 200, 1, 'user.read', '' FROM generate_series(1, 10000)`,
      [teamId],
    )
    await pool().query(
      `INSERT INTO service_user (team_id, id, name, created_by) SELECT $1, gen_random_uuid(), 'other-' || n, 'test' FROM generate_series(1, 300) n`,
      [teamId],
    )
    await pool().query(
      `INSERT INTO connection (team_id, id, service_user_id, name, scope, approved_by, approved_at)
       SELECT $1, gen_random_uuid(), id, name, 'scim', 'test', now() FROM service_user WHERE team_id = $1 AND name LIKE 'other-%'`,
      [teamId],
    )
    await pool().query(
      `INSERT INTO token (team_id, token_hash, id, kind, family_id, connection_id, service_user_id, scope, hint)
       SELECT c.team_id, gen_random_uuid()::text, gen_random_uuid(), 'access', gen_random_uuid(), c.id, c.service_user_id, 'scim', 'hint'
       FROM connection c, generate_series(1, 20) WHERE c.team_id = $1 AND c.name LIKE 'other-%'`,
      [teamId],
    )
  }
  await pool().query('ANALYZE')
}

/** Where a request works: a user that is there, some that are in no group yet, and a pushed group. */
export type Place = { userId: string; outsiders: string[]; groupId: string }

export async function makePlace({ call }: ScimClient, members: number): Promise<Place> {
  const made = async (name: string) => (await call('POST', '/Users', person(name))).json.id as string
  const outsiders: string[] = []
  for (let i = 0; i < 4; i++) outsiders.push(await made(`outside-${randomUUID()}`))
  const userId = await made(`inside-${randomUUID()}`)
  const { json } = await call('POST', '/Groups', { displayName: `Pushed ${randomUUID()}` })
  await pool().query(
    `INSERT INTO membership (team_id, group_id, user_id, added_at)
     SELECT team_id, $1, id, now() FROM directory_user WHERE team_id = (SELECT team_id FROM directory_group WHERE id = $1)
       AND user_name LIKE 'u%' LIMIT $2`,
    [json.id, members],
  )
  return { userId, outsiders, groupId: json.id }
}

export const person = (name: string) => ({
  userName: `${name}@example.com`,
  externalId: name,
  displayName: name,
  name: { givenName: 'Given', familyName: 'Family' },
  emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
  active: true,
})

const members = (op: string, values: string[]) => ({
  schemas: [PATCH],
  Operations: [{ op, path: 'members', value: values.map((value) => ({ value })) }],
})

type Hot = { statements: string[]; send: (client: ScimClient, place: Place) => Promise<Reply> }

/** Every request that an identity provider makes by the thousand, and the statements that it may cost until its answer. */
export const HOT: Record<string, Hot> = {
  'a wrong token': {
    statements: [],
    send: ({ call }) => call('GET', '/Users', undefined, { authorization: 'Bearer nonsense' }),
  },
  'a token alone': { statements: ['find-token'], send: ({ call }) => call('OPTIONS', '/Users') },
  'read a user': {
    statements: ['find-users'],
    send: ({ call }, { userId }) => call('GET', `/Users/${userId}`),
  },
  'look a user up': {
    statements: ['users-by-name'],
    send: ({ call }) => call('GET', `/Users?filter=${encodeURIComponent('userName eq "u77@example.com"')}`),
  },
  'create a user': {
    statements: ['create-user-exchange'],
    send: ({ call }) => call('POST', '/Users', person(`new-${randomUUID()}`)),
  },
  'replace a user': {
    statements: ['find-users', 'update-user-exchange'],
    send: ({ call }, { userId }) =>
      call('PUT', `/Users/${userId}`, { ...person('changed'), userName: `${randomUUID()}@example.com` }),
  },
  'deactivate a user': {
    statements: ['find-users', 'update-user-exchange'],
    send: ({ call }, { outsiders: [, , , id] }) =>
      call('PATCH', `/Users/${id}`, {
        schemas: [PATCH],
        Operations: [{ op: 'replace', value: { active: false } }],
      }),
  },
  'create a group': {
    statements: ['create-group-exchange'],
    send: ({ call }) => call('POST', '/Groups', { displayName: `New ${randomUUID()}` }),
  },
  'read a group without its members': {
    statements: ['find-groups'],
    send: ({ call }, { groupId }) => call('GET', `/Groups/${groupId}?excludedAttributes=members`),
  },
  'add a member': {
    statements: ['add-members-exchange'],
    send: ({ call }, { groupId, outsiders: [id = ''] }) =>
      call('PATCH', `/Groups/${groupId}`, members('add', [id])),
  },
  'add two members': {
    statements: ['add-members-exchange'],
    send: ({ call }, { groupId, outsiders: [, ...ids] }) =>
      call('PATCH', `/Groups/${groupId}`, members('add', ids.slice(0, 2))),
  },
  'remove a member': {
    statements: ['remove-members-exchange'],
    send: ({ call }, { groupId, outsiders: [id] }) =>
      call('PATCH', `/Groups/${groupId}`, {
        schemas: [PATCH],
        Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }],
      }),
  },
}
