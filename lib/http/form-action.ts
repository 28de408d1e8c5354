import { DomainError } from '#lib/platform/domain-error'
import { logger } from '#lib/platform/logger'
import { ScimError } from '#lib/scim/scim-error'

/**
 * Runs what a form asks for and turns an expected refusal into the sentence shown above the form. Anything else is a
 * bug, or one of Next's own signals (a redirect), and goes on. `taken` is said of a name that is in use, where what a
 * SCIM client would be told is no help to a person.
 */
export async function formResult(
  work: () => Promise<{ done?: string } | undefined>,
  taken?: string,
): Promise<{ error?: string; done?: string }> {
  try {
    return (await work()) ?? {}
  } catch (cause) {
    if (cause instanceof DomainError) return { error: cause.message }
    if (cause instanceof ScimError)
      return { error: cause.scimType === 'uniqueness' && taken ? taken : cause.detail }
    if (!(cause as { digest?: string }).digest) logger().error({ err: cause }, 'a form failed')
    throw cause
  }
}

/** A form's text field, trimmed; empty when it is missing. */
export function field(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
