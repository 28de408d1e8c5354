import { ensureSetupLink } from '#lib/auth/setup-link'

/** The address at which the first admin is made, while there is none. */
export function setupLink(): Promise<string | null> {
  return ensureSetupLink()
}
