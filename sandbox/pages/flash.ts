import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { OrgError } from '../org/org.ts'

export type Flash = { kind: 'notice' | 'error'; text: string }

const MAX_KEPT = 100
const kept = new Map<string, Flash>()

/** Redirects after a POST, with a message for the page that follows. */
export function redirectWith(c: Context, to: string, flash?: Flash): Response {
  if (flash === undefined) return c.redirect(to, 303)
  const id = randomBytes(9).toString('base64url')
  kept.set(id, flash)
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
  return c.redirect(`${to}${to.includes('?') ? '&' : '?'}flash=${id}`, 303)
}

export function readFlash(c: Context): Flash | undefined {
  return kept.get(c.req.query('flash') ?? '')
}

/** Runs a verb and goes back; a refusal becomes the message of the page. */
export async function act(
  c: Context,
  back: string,
  verb: () => string | undefined | Promise<string | undefined>,
  backOnError = back,
): Promise<Response> {
  try {
    const text = await verb()
    return redirectWith(c, back, text === undefined ? undefined : { kind: 'notice', text })
  } catch (error) {
    if (!(error instanceof OrgError)) throw error
    return redirectWith(c, backOnError, { kind: 'error', text: error.message })
  }
}
