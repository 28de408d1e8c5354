import type { PoolClient } from 'pg'
import { pool, prepared, preparedRows } from '#lib/db/pool'
import { inSnapshot } from '#lib/db/transaction'
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
  usersInPieces,
} from './group-row.ts'

/** A group of more members is read, and sent, in pieces. */
export const AT_ONCE = 2_000
/** Of so many members each: some 100 KB. */
export const PIECE = 500

const READ_GROUP = `SELECT ${GROUP_COLUMNS}, CASE WHEN g.member_count <= ${AT_ONCE} THEN ${membersText('g.id', '$3::text')} END AS members
  FROM directory_group g WHERE g.team_id = $1 AND g.id = $2 AND g.system IS NULL`
const USERS = usersInPieces('$2', '$3::text', PIECE)
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
  const take = ({ text }: { text: string | null }) => {
    if (text) pieces.push(Buffer.from(pieces.length > 1 ? `,${text}` : text))
  }
  await preparedRows(tx, 'users-of-group', USERS, values, take)
  await preparedRows(tx, 'groups-of-group', NESTED, values, take)
  pieces.push(Buffer.from(`],${afterMembers(group)}`))
  return { row, text: pieces }
}
