import { createHash, randomBytes } from 'node:crypto'
import { isHttps } from './cookies.ts'
import { musterSecret } from './secret.ts'

/** next-auth's form token and its cookie, made for a form of ours that the caller knows to be same-site. */
export function formToken(): { csrfToken: string; cookie: Record<string, string> } {
  const csrfToken = randomBytes(32).toString('hex')
  const hash = createHash('sha256').update(`${csrfToken}${musterSecret()}`).digest('hex')
  return {
    csrfToken,
    cookie: { [`${isHttps() ? '__Host-' : ''}next-auth.csrf-token`]: `${csrfToken}|${hash}` },
  }
}
