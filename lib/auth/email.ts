import { z } from 'zod'
import { DomainError } from '#lib/platform/domain-error'

const address = z.email()

/** The form in which addresses are compared; the same as the directory's keys. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** An address as typed, trimmed. Throws DomainError `invalid`. */
export function readEmail(text: string): string {
  const email = text.trim()
  if (email.length > 254 || !address.safeParse(email).success)
    throw new DomainError('invalid', 'Enter an email address, such as dana@example.com.', { field: 'email' })
  return email
}

/** A person's name as typed, without stray spaces. Throws DomainError `invalid`. */
export function readPersonName(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ')
  if (name.length < 1 || name.length > 100)
    throw new DomainError('invalid', 'Enter a name of 1 to 100 characters.', { field: 'name' })
  return name
}
