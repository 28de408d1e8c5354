import { exchangeRows, insertExchangesOf } from '#lib/activity/exchange-sql'
import { perRecorder } from '#lib/activity/recorder'
import { GatheredWrites } from '#lib/db/gathered-writes'
import { permitOf, permitted } from '#lib/db/permit'
import { pool, prepared } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { newId } from '#lib/platform/ids'
import { singleton } from '#lib/platform/singleton'
import type { Note } from '#lib/scim/note'
import { readResource } from '#lib/scim/resource/read-resource'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import { ScimError } from '#lib/scim/scim-error'
import type { Write } from '../write.ts'
import {
  docOf,
  nameOf,
  renderUser,
  USER_ROWS,
  USER_WRITE_COLUMNS,
  USER_WRITE_FROM_ROWS,
  USER_WRITE_TYPES,
  userWriteValues,
} from './user-row.ts'

const WRITTEN = 7
const RECORD = WRITTEN + USER_WRITE_TYPES.length

const createUserSql = perRecorder(
  (recorder) => `
  WITH permit AS MATERIALIZED (${permitOf('$6', '$3')}), written AS (
    INSERT INTO directory_user (team_id, id, version, created_at, updated_at, managed_by, ${USER_WRITE_COLUMNS})
    SELECT $1, $2, 1, $3, $4, $5, ${USER_WRITE_TYPES.map((type, i) => `$${WRITTEN + i}::${type}`).join(', ')}
    FROM permit WHERE permit.good
    ON CONFLICT (team_id, user_name_key) DO NOTHING RETURNING id
  ), placed AS (
    INSERT INTO user_change (team_id, changed_at, id) SELECT $1, $4, id FROM written
  ), recorded AS (${recorder.insert(RECORD, 'FROM written')})
  SELECT permit.good, EXISTS (SELECT FROM written) AS written FROM permit`,
)

/** Of the created users the ids, and at least one row. A name that another of them, or somebody before, has is left out, with its record. */
const CREATE_USERS = `
  WITH permit AS MATERIALIZED (${permitOf('$4', '$5')}), written AS (
    INSERT INTO directory_user (team_id, id, version, created_at, updated_at, managed_by, ${USER_WRITE_COLUMNS})
    SELECT $1, n.id, 1, n.at, n.at, n.managed_by, ${USER_WRITE_FROM_ROWS}
    FROM permit, ${USER_ROWS.from('$2', 'n')} WHERE permit.good ORDER BY n.user_name_key
    ON CONFLICT (team_id, user_name_key) DO NOTHING RETURNING id, updated_at
  ), placed AS (
    INSERT INTO user_change (team_id, changed_at, id) SELECT $1, updated_at, id FROM written
  ), recorded AS (${insertExchangesOf('written', '$3')})
  SELECT permit.good, written.id FROM permit LEFT JOIN written ON true`

type NewUser = {
  write: Write
  /** What the statement has to ask for (`permitted`): of users that are created together the same. */
  token: string | null
  id: string
  at: string
  columns: unknown[]
  record: unknown[]
}
/** `good`: the token was; `written`: and nobody else has the name. */
type Created = { good: boolean; written: boolean }

/** Creates by an identity provider are gathered: it sends them by the thousand, many at once. */
const creates = () =>
  singleton(
    'user-creates',
    () =>
      new GatheredWrites<NewUser, Created>({
        one: (_scope, user) => createOne(user),
        many: async (_scope, users) => {
          const [{ write, token }] = users as [NewUser]
          const { rows } = await prepared<Created & { id: string }>(pool(), 'create-users', CREATE_USERS, [
            write.teamId,
            await USER_ROWS.parameter(
              users.map(({ write, id, at, columns }) => [id, null, at, write.connectionId, ...columns]),
            ),
            await exchangeRows(users.map(({ record }) => record)),
            token,
            new Date().toISOString(),
          ])
          const written = new Set(rows.map(({ id }) => id))
          const good = rows[0]?.good === true
          return users.map(({ id }) => ({ good, written: written.has(id) }))
        },
      }),
  )

async function createOne({ write, token, id, at, columns, record }: NewUser): Promise<Created> {
  const { rows } = await prepared<Created>(
    pool(),
    `create-user-${write.recorder.kind}`,
    createUserSql(write.recorder),
    [write.teamId, id, at, at, write.connectionId, token, ...columns, ...record],
  )
  return rows[0] as Created
}

export type CreatedUser = { id: string; text: string; notes: readonly Note[] }

/**
 * Creates a user from a SCIM resource (RFC 7644 §3.3): in one statement with its record, and with others that are created at the same time. The unique index decides who is
 * first when several ask at once. Throws ScimError 400 (`invalidValue` and others), 409 `uniqueness`, and what a void permit
 * is refused with.
 */
export async function createUser(
  write: Write,
  body: unknown,
  definition: ResourceDefinition,
): Promise<CreatedUser> {
  const { attributes, notes } = readResource(body, definition, 'create')
  attributes.active ??= true
  const id = newId(write.now)
  const at = new Date(write.now).toISOString()
  const doc = docOf(attributes, definition)
  const text = renderUser({ id, doc, version: 1, createdAt: at, updatedAt: at }, [], write.scimBaseUrl)
  const name = nameOf(attributes)
  const user: Omit<NewUser, 'token'> = {
    write,
    id,
    at,
    columns: userWriteValues(attributes, doc),
    record: write.recorder.values({
      action: 'user.create',
      summary: `created ${name}${attributes.active === false ? ', deactivated' : ''}`,
      resource: { type: 'User', id, name },
      notes,
      status: 201,
      responseBody: text,
    }),
  }
  const { written } = await permitted(write.permit, (token) =>
    write.recorder.kind === 'exchange'
      ? creates().write(`${write.teamId} ${token}`, { ...user, token })
      : createOne({ ...user, token }),
  )
  if (!written) throw userNameTaken(String(attributes.userName))
  write.recorder.done()
  announce(write.teamId, 'directory')
  return { id, text, notes }
}

export function userNameTaken(userName: string): ScimError {
  return new ScimError(
    409,
    'uniqueness',
    `The userName ${userName} is already in use in Muster (upper and lower case count as the same). Look it up with the filter userName eq "…" and update that user.`,
  )
}
