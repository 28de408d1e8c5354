import { BodyTooLarge, readBody } from './read-body.ts'

const MAX_BYTES = 16 * 1024

/** A browser's form, without holding more of it than a form of ours can have; undefined when it is longer. */
export async function readForm(request: Request): Promise<string | undefined> {
  try {
    return Buffer.from(await readBody(request, MAX_BYTES)).toString('utf8')
  } catch (cause) {
    if (cause instanceof BodyTooLarge) return undefined
    throw cause
  }
}

export function formTooLong(): Response {
  return new Response('This form is too long.', { status: 413 })
}
