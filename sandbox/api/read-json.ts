import type { Context } from 'hono'
import { OrgError } from '../org/org.ts'

/** The body of a request to the control API. @throws OrgError when it is no JSON, or is not said to be. */
export async function readJson<T>(c: Context): Promise<T> {
  if (!c.req.header('content-type')?.includes('application/json'))
    throw new OrgError('Send application/json.')
  try {
    return (await c.req.json()) as T
  } catch {
    throw new OrgError('The body is not JSON.')
  }
}
