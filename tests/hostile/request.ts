/** A hostile request and how it must be refused. `{user}` and `{group}` in a path are ids of what is there. */
export type Hostile = {
  name: string
  method?: string
  /** Below the SCIM base, sent byte for byte. */
  path: string
  headers?: Record<string, string>
  body?: Buffer | string
  /** The body comes as chunks of this size, without a length. */
  chunks?: number
  status: number
  scimType?: string
}

export const user = (more = '') =>
  `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"evil@example.com"${more}}`
export const patch = (operation: string) =>
  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[${operation}]}`
export const post = (
  name: string,
  body: Buffer | string,
  scimType = 'invalidSyntax',
  status = 400,
): Hostile => ({
  name,
  method: 'POST',
  path: '/Users',
  body,
  status,
  scimType,
})
export const patchUser = (name: string, operation: string, scimType: string): Hostile => ({
  name,
  method: 'PATCH',
  path: '/Users/{user}',
  body: patch(operation),
  status: 400,
  scimType,
})
export const filter = (name: string, text: string, scimType = 'invalidFilter'): Hostile => ({
  name,
  path: `/Users?filter=${encodeURIComponent(text)}`,
  status: 400,
  scimType,
})
export const get = (name: string, path: string, status: number, scimType?: string): Hostile => ({
  name,
  path,
  status,
  ...(scimType === undefined ? {} : { scimType }),
})

export const MB = 1024 * 1024
