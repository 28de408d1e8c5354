import type { PoolClient, QueryResult } from 'pg'
import { pool, prepared } from '#lib/db/pool'
import { inSnapshot } from '#lib/db/transaction'
import { NIL_ID } from '#lib/platform/ids'
import type { LongText } from '#lib/platform/long-text'
import { only } from './find-group.ts'
import {
  afterMembers,
  beforeMembers,
  GROUP_COLUMNS,
  type GroupRow,
  membersText,
  nestedText,
  renderGroup,
  usersPage,
} from './group-row.ts'

/** A group of more members is read, and sent, in pieces of as many: some 400 KB each. */
export const AT_ONCE = 2_000

const READ_GROUP = `SELECT ${GROUP_COLUMNS}, CASE WHEN g.member_count <= ${AT_ONCE} THEN ${membersText('g.id', '$3::text')} END AS members
  FROM directory_group g WHERE g.team_id = $1 AND g.id = $2 AND g.system IS NULL`
const USERS_PAGE = usersPage('$2', '$3::text', '$4::uuid', AT_ONCE)
const NESTED = `SELECT (${nestedText('$2', '$3::text')}) AS text`

type ReadGroup = { row: GroupRow; text: LongText }

/**
 * The group as SCIM shows it, with its members; within the transaction that has just changed it, say. Throws ScimError 404
 * for an id that the team does not have.
 */
export async function readGroup(
  teamId: string,
  id: string,
  scimBaseUrl: string,
  tx?: PoolClient,
): Promise<ReadGroup> {
  const values = [teamId, id, scimBaseUrl]
  const row = await only(id, () =>
    prepared<GroupRow & { members: string | null }>(tx ?? pool(), 'read-group', READ_GROUP, values),
  )
  const group = { ...row, createdAt: row.created_at, updatedAt: row.updated_at }
  if (row.members !== null) return { row, text: renderGroup(group, row.members, scimBaseUrl) }
  // Several statements must see the group as it is at one moment.
  if (!tx) return inSnapshot((snapshot) => readGroup(teamId, id, scimBaseUrl, snapshot))
  const pieces = [Buffer.from(`${beforeMembers(group, scimBaseUrl)}"members":[`)]
  let comma = ''
  for await (const members of memberPages(tx, values)) {
    pieces.push(Buffer.from(comma + members))
    comma = ','
  }
  pieces.push(Buffer.from(`],${afterMembers(group)}`))
  return { row, text: pieces }
}

async function* memberPages(tx: PoolClient, values: string[]): AsyncGenerator<string> {
  for (let after: string | null = NIL_ID; after !== null; ) {
    const { rows }: QueryResult<{ text: string | null; last: string | null }> = await prepared(
      tx,
      'users-of-group',
      USERS_PAGE,
      [...values, after],
    )
    if (rows[0]?.text) yield rows[0].text
    after = rows[0]?.last ?? null
  }
  const { rows } = await prepared<{ text: string | null }>(tx, 'groups-of-group', NESTED, values)
  if (rows[0]?.text) yield rows[0].text
}
