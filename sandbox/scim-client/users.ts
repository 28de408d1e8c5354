import { randomInt } from 'node:crypto'
import { type Dialect, during, isRecord, OperationError, type ScimCall } from './call.ts'
import { findPath } from './filter.ts'
import { type MappedUser, mergedUserBody, newUserBody } from './user-body.ts'

export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** The value that the app's "Unique identifier field for users" compares. */
export type UniqueIdentifier = 'userName' | 'email'

export type Provisioned = { id: string; how: 'created' | 'linked' }

/**
 * Assigns a user: looks for `userName`, creates when there is none, otherwise links the one found, makes it
 * active and overwrites its profile. No second POST, so no 409, when the server finds inactive users too.
 */
export async function provisionUser(
  call: ScimCall,
  dialect: Dialect,
  identifier: UniqueIdentifier,
  user: MappedUser,
): Promise<Provisioned> {
  const found = await findUser(call, identifier, user)
  if (found === undefined) return { id: await createUser(call, user), how: 'created' }
  const id = String(found.id)
  let current = found
  if (dialect === 'oin' && found.active === false) {
    await setActive(call, dialect, id, user, true)
    current = await getUser(call, id, user)
  }
  await putUser(call, id, mergedUserBody(current, user, true), `linking user ${user.displayName}`)
  return { id, how: 'linked' }
}

/** Profile push: GET, then PUT of the whole resource, in both dialects. */
export async function updateUser(call: ScimCall, id: string, user: MappedUser): Promise<void> {
  const current = await getUser(call, id, user)
  const body = mergedUserBody(current, user, current.active !== false)
  await putUser(call, id, body, `trying to push profile update for ${user.displayName}`)
}

/** Deactivation and reactivation: a path-less PATCH for catalog apps, GET then PUT for private ones. */
export async function setActive(
  call: ScimCall,
  dialect: Dialect,
  id: string,
  user: MappedUser,
  active: boolean,
): Promise<void> {
  const doing = `${active ? 'reactivating' : 'deactivating'} user ${user.displayName}`
  if (dialect === 'oin') {
    await patchUser(call, id, { active }, doing)
    return
  }
  const current = await getUser(call, id, user)
  await putUser(call, id, { ...current, active }, doing)
}

/** Password sync with a randomly generated password, which is neither kept nor shown. */
export async function syncPassword(
  call: ScimCall,
  dialect: Dialect,
  id: string,
  user: MappedUser,
): Promise<void> {
  const doing = `pushing password for ${user.displayName}`
  const password = randomPassword(16)
  if (dialect === 'oin') {
    await patchUser(call, id, { password }, doing)
    return
  }
  const current = await getUser(call, id, user)
  await putUser(call, id, { ...current, password }, doing)
}

async function findUser(call: ScimCall, identifier: UniqueIdentifier, user: MappedUser) {
  const value = identifier === 'email' ? user.email : user.userName
  const doing = `verifying if user ${user.displayName} exists`
  // The protocol reference lets a server say "none" with 404 as well as with an empty list.
  const response = await during(
    doing,
    call({ method: 'GET', path: findPath('Users', 'userName', value) }).catch((error) => {
      if (error instanceof Error && 'status' in error && error.status === 404) return undefined
      throw error
    }),
  )
  const resources = isRecord(response?.body) ? response.body.Resources : undefined
  return Array.isArray(resources) ? resources.filter(isRecord).find((r) => r.id !== undefined) : undefined
}

async function createUser(call: ScimCall, user: MappedUser): Promise<string> {
  const doing = `creating user ${user.displayName}`
  const body = newUserBody(user, randomPassword(8))
  const response = await during(doing, call({ method: 'POST', path: '/Users', body }))
  if (!isRecord(response.body) || typeof response.body.id !== 'string' || response.body.id === '') {
    throw new OperationError(`Error while ${doing}: Create new user returned empty user.`)
  }
  return response.body.id
}

async function getUser(call: ScimCall, id: string, user: MappedUser): Promise<Record<string, unknown>> {
  const doing = `retrieving user ${user.displayName}`
  const response = await during(doing, call({ method: 'GET', path: `/Users/${encodeURIComponent(id)}` }))
  if (!isRecord(response.body)) throw new OperationError(`Error while ${doing}: Matching user not found`)
  return response.body
}

async function putUser(call: ScimCall, id: string, body: unknown, doing: string): Promise<void> {
  await during(doing, call({ method: 'PUT', path: `/Users/${encodeURIComponent(id)}`, body }))
}

async function patchUser(call: ScimCall, id: string, value: unknown, doing: string): Promise<void> {
  const body = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'replace', value }] }
  await during(doing, call({ method: 'PATCH', path: `/Users/${encodeURIComponent(id)}`, body }))
}

function randomPassword(length: number): string {
  const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  return Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('')
}
