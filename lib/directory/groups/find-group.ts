import { type Permit, permitOf } from '#lib/db/permit'
import { PermittedReads } from '#lib/db/permitted-reads'
import { anyOf, pool, prepared, type Queryable } from '#lib/db/pool'
import { isUuid } from '#lib/platform/ids'
import { singleton } from '#lib/platform/singleton'
import { ScimError } from '#lib/scim/scim-error'
import { uuidArray } from '../write.ts'
import { GROUP_COLUMNS, type GroupRow } from './group-row.ts'

// Muster's own groups (everyone, owners) are no SCIM resources: an identity provider neither sees nor changes them.
const FIND_GROUP = `SELECT ${GROUP_COLUMNS} FROM directory_group g WHERE g.team_id = $1 AND g.id = $2 AND g.system IS NULL`
const LOCK_GROUP = `${FIND_GROUP} FOR NO KEY UPDATE OF g`
/** At least one row, which is without a group when none is found. */
const FIND_GROUPS = `SELECT p.good, ${GROUP_COLUMNS} FROM (${permitOf('$3', '$4')}) p
  LEFT JOIN directory_group g ON g.team_id = $1 AND g.id ${anyOf('$2', 'uuid')} AND g.system IS NULL`

type FoundGroup = GroupRow & { good: boolean }

const groupReads = () =>
  singleton(
    'group-reads',
    () =>
      new PermittedReads<FoundGroup>(
        async (teamId, ids, tokenHash) => {
          const values = [teamId, uuidArray(ids), tokenHash, new Date().toISOString()]
          return (await prepared<FoundGroup>(pool(), 'find-groups', FIND_GROUPS, values)).rows
        },
        ({ id }) => id,
      ),
  )

/**
 * The stored group without its members; read together with others that are asked for at the same time. Throws ScimError
 * 404 for an id that the team does not have, and what a void permit is refused with.
 */
export async function findGroup(teamId: string, id: string, permit?: Permit): Promise<GroupRow> {
  const row = isUuid(id) ? await groupReads().read(teamId, id.toLowerCase(), permit) : undefined
  if (!row) throw noGroup(id)
  return row
}

/** The same, as a transaction sees it. */
export async function groupWithin(teamId: string, id: string, tx: Queryable): Promise<GroupRow> {
  return only(id, () => prepared<GroupRow>(tx, 'find-group', FIND_GROUP, [teamId, id]))
}

/** The same, locked until the transaction ends: every change of a group and of its membership begins with this. */
export async function lockGroup(teamId: string, id: string, tx: Queryable): Promise<GroupRow> {
  return only(id, () => prepared<GroupRow>(tx, 'lock-group', LOCK_GROUP, [teamId, id]))
}

/** The one row, or ScimError 404. */
export async function only<Row>(id: string, query: () => Promise<{ rows: Row[] }>): Promise<Row> {
  if (!isUuid(id)) throw noGroup(id)
  const { rows } = await query()
  if (!rows[0]) throw noGroup(id)
  return rows[0]
}

function noGroup(id: string): ScimError {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id
  return new ScimError(
    404,
    undefined,
    `There is no group with the id ${shown} in Muster. If it was deleted here, unlink the group in Okta (Push Groups) and push it again.`,
  )
}
