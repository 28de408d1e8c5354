import { pool, type Queryable } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { inTurn } from '#lib/platform/in-turn'
import type { Attributes } from '#lib/scim/json-value'
import type { Note } from '#lib/scim/note'
import { type Change, changesBetween } from '#lib/scim/patch/changes-between'
import type { ResourceDefinition } from '#lib/scim/schema/resource-definition'
import type { Write } from '../write.ts'
import { findUser, lockUser } from './find-user.ts'
import { groupsOfUsers } from './groups-of-users.ts'
import { docOf, nameOf, renderUser, type UserRow, userWriteValues } from './user-row.ts'
import { type NextUser, writeUpdate } from './write-update.ts'

const OPTIMISTIC_ATTEMPTS = 4

/** Whom the directory shuts out is shut out of open pages at once. */
const TOPICS = {
  'user.update': 'directory',
  'user.reactivate': 'access',
  'user.deactivate': 'sessions',
} as const

export type UpdatedUser = {
  id: string
  text: string
  version: number
  changed: boolean
  notes: readonly Note[]
}
export type NextAttributes = { attributes: Attributes; notes: readonly Note[] }

/**
 * Reads a user, computes its next state and writes it if it differs: two statements, no lock held in between. When another
 * process's write came first the computation is repeated on what that one left, the last time under a lock. A state that
 * does not differ writes nothing, and version and lastModified stay (RFC 7644 §3.5.2).
 * `next` gets the stored attributes and must not change them; it may throw ScimError (412 for a version, say).
 */
export function updateUser(
  write: Write,
  id: string,
  definition: ResourceDefinition,
  next: (stored: Attributes, row: UserRow) => NextAttributes,
): Promise<UpdatedUser> {
  return inTurn(`user ${write.teamId} ${id.toLowerCase()}`, async () => {
    for (let attempt = 1; attempt <= OPTIMISTIC_ATTEMPTS; attempt++) {
      const done = await attemptUpdate(
        write,
        await findUser(write.teamId, id, write.permit),
        definition,
        next,
        pool(),
      )
      if (done) return done
    }
    return inTransaction(async (tx) => {
      const done = await attemptUpdate(write, await lockUser(write.teamId, id, tx), definition, next, tx)
      if (!done) throw new Error(`user ${id} changed under its lock`)
      return done
    })
  })
}

async function attemptUpdate(
  write: Write,
  row: UserRow,
  definition: ResourceDefinition,
  next: (stored: Attributes, row: UserRow) => NextAttributes,
  on: Queryable,
): Promise<UpdatedUser | undefined> {
  const { schemas: _schemas, ...stored } = JSON.parse(row.doc) as Attributes
  const { attributes, notes } = next(stored, row)
  const changes = changesBetween(stored, attributes, definition)
  const takenOver = write.connectionId !== null && row.managed_by !== write.connectionId
  const groups = (await groupsOfUsers(write.teamId, [row])).get(row.id) ?? []
  const changed = changes.length > 0
  if (!changed && !takenOver) {
    const text = renderUser(
      { ...row, createdAt: row.created_at, updatedAt: row.updated_at },
      groups,
      write.scimBaseUrl,
    )
    return { id: row.id, text, version: row.version, changed, notes }
  }
  const doc = docOf(attributes, definition)
  const version = row.version + 1
  const at = new Date(Math.max(write.now, row.updated_at.getTime()))
  const text = renderUser(
    { id: row.id, doc, version, createdAt: row.created_at, updatedAt: at },
    groups,
    write.scimBaseUrl,
  )
  const name = nameOf(attributes)
  const deed = deedOf(changes, name, takenOver)
  const recorded = write.recorder.values({
    ...deed,
    resource: { type: 'User', id: row.id, name },
    changes,
    notes,
    responseBody: text,
  })
  const user: NextUser = {
    write,
    id: row.id,
    version: row.version,
    at: at.toISOString(),
    columns: userWriteValues(attributes, doc),
    record: recorded,
  }
  const written = await writeUpdate(on, user, String(attributes.userName))
  if (!written) return undefined
  write.recorder.done()
  announce(write.teamId, TOPICS[deed.action])
  return { id: row.id, text, version, changed, notes }
}

/** "deactivated Ana Silva", "updated Ana Silva: title, name.familyName". */
function deedOf(
  changes: readonly Change[],
  name: string,
  takenOver: boolean,
): { action: keyof typeof TOPICS; summary: string } {
  const active = changes.find((change) => change.path === 'active')
  const others = changes.filter((change) => change !== active).map((change) => change.path)
  const listed =
    others.length > 6 ? `${others.slice(0, 6).join(', ')} and ${others.length - 6} more` : others.join(', ')
  const along = others.length > 0 ? `, updated ${listed}` : ''
  const taken = takenOver ? '; now managed by this connection' : ''
  if (active) {
    const on = active.after === true
    return {
      action: on ? 'user.reactivate' : 'user.deactivate',
      summary: `${on ? 'reactivated' : 'deactivated'} ${name}${along}${taken}`,
    }
  }
  return {
    action: 'user.update',
    summary:
      others.length > 0 ? `updated ${name}: ${listed}${taken}` : `took over ${name}, whom nobody managed`,
  }
}
