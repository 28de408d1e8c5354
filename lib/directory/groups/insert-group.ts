import type { PoolClient } from 'pg'
import { exchangeRows, insertExchangesOf } from '#lib/activity/exchange-sql'
import { type Deed, perRecorder } from '#lib/activity/recorder'
import { GatheredWrites } from '#lib/db/gathered-writes'
import { permitOf, permitted } from '#lib/db/permit'
import { pool, prepared } from '#lib/db/pool'
import { singleton } from '#lib/platform/singleton'
import { grantByRules } from '../roles/rule-sql.ts'
import type { Write } from '../write.ts'

/** A group to be made, as its row has it. `at`: an ISO time. */
export type NewGroup = {
  write: Write
  id: string
  at: string
  name: string
  nameKey: string
  externalId: string | null
  doc: string
}

const COLUMNS =
  'team_id, id, display_name, name_key, external_id, doc, created_at, updated_at, managed_by, last_push_at, last_push_exchange_id'
const RECORD = 11

const INSERT_GROUP = `
  WITH permit AS MATERIALIZED (${permitOf('$10', '$7')}), written AS (
    INSERT INTO directory_group (${COLUMNS})
    SELECT $1, $2, $3, $4, $5, $6::jsonb, $7, $7, $8::uuid, CASE WHEN $8::uuid IS NOT NULL THEN $7::timestamptz END, $9::uuid
    FROM permit WHERE permit.good
    ON CONFLICT (team_id, name_key) DO NOTHING RETURNING id, name_key, managed_by
  ), granted AS (${grantByRules('$1', 'written')})`
const WRITTEN = ' SELECT permit.good, EXISTS (SELECT FROM written) AS written FROM permit'
/** `good`: the token was; `written`: and no other group has the name. */
type Written = { good: boolean; written: boolean }

const insertGroupSql = perRecorder(
  (recorder) => `${INSERT_GROUP}, recorded AS (${recorder.insert(RECORD, 'FROM written')}) ${WRITTEN}`,
)

/** Of the groups made the ids, and at least one row. One whose name another has is left out, with its record. */
const INSERT_GROUPS = `
  WITH permit AS MATERIALIZED (${permitOf('$4', '$5')}), written AS (
    INSERT INTO directory_group (${COLUMNS})
    SELECT $1, n.id, n.name, n.name_key, n.external_id, n.doc::jsonb, n.at, n.at, n.managed_by,
      CASE WHEN n.managed_by IS NOT NULL THEN n.at END, n.exchange_id
    FROM permit, json_to_recordset($2::json)
      AS n (id uuid, name text, name_key text, external_id text, doc text, at timestamptz, managed_by uuid, exchange_id uuid)
    WHERE permit.good ORDER BY n.name_key
    ON CONFLICT (team_id, name_key) DO NOTHING RETURNING id, name_key, managed_by
  ), granted AS (${grantByRules('$1', 'written')}), recorded AS (${insertExchangesOf('written', '$3')})
  SELECT permit.good, written.id FROM permit LEFT JOIN written ON true`

type Insert = NewGroup & { token: string | null; record: unknown[] }

/** An identity provider that pushes its groups sends many at once. */
const inserts = () =>
  singleton(
    'group-inserts',
    () =>
      new GatheredWrites<Insert, Written>({
        one: (_scope, group) => insertOne(group),
        many: async (_scope, groups) => {
          const [{ write, token }] = groups as [Insert]
          const { rows } = await prepared<{ good: boolean; id: string | null }>(
            pool(),
            'create-groups',
            INSERT_GROUPS,
            [
              write.teamId,
              JSON.stringify(groups.map(forJson)),
              await exchangeRows(groups.map(({ record }) => record)),
              token,
              new Date().toISOString(),
            ],
          )
          const written = new Set(rows.map(({ id }) => id))
          const good = rows[0]?.good === true
          return groups.map(({ id }) => ({ good, written: written.has(id) }))
        },
      }),
  )

function forJson({ write, id, at, name, nameKey, externalId, doc }: Insert) {
  return {
    id,
    name,
    name_key: nameKey,
    external_id: externalId,
    doc,
    at,
    managed_by: write.connectionId,
    exchange_id: write.recorder.exchangeId,
  }
}

async function insertOne({ token, record, ...group }: Insert): Promise<Written> {
  const { recorder } = group.write
  const { rows } = await prepared<Written>(
    pool(),
    `create-group-${recorder.kind}`,
    insertGroupSql(recorder),
    [...valuesOf(group), token, ...record],
  )
  return rows[0] as Written
}

/**
 * Makes a group without members, in one statement with its record, and with others that are made at the same time. False
 * when its name is taken. Throws what a void permit is refused with.
 */
export async function insertGroup(group: NewGroup, deed: Deed): Promise<boolean> {
  const { write } = group
  const record = write.recorder.values(deed)
  const { written } = await permitted(write.permit, (token) =>
    write.recorder.kind === 'exchange'
      ? inserts().write(`${write.teamId} ${token}`, { ...group, token, record })
      : insertOne({ ...group, token, record }),
  )
  return written
}

/** The same as the first part of a transaction, without a record, when the permit is confirmed. */
export async function insertGroupFirst(tx: PoolClient, group: NewGroup): Promise<boolean> {
  const values = [...valuesOf(group), null]
  const { rows } = await prepared<Written>(tx, 'insert-group', INSERT_GROUP + WRITTEN, values)
  return rows[0]?.written === true
}

function valuesOf({ write, id, at, name, nameKey, externalId, doc }: NewGroup): unknown[] {
  return [write.teamId, id, name, nameKey, externalId, doc, at, write.connectionId, write.recorder.exchangeId]
}
