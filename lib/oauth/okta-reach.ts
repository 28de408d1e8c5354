import { isLoopback } from './redirect-uri.ts'

/**
 * Why Okta will not call an installation with this public address, in a sentence for who connects it; undefined when
 * nothing in the address speaks against it. Okta's guide to SCIM integrations asks for TLS and for no `_` in the base URL.
 */
export function oktaReachProblem(publicUrl: string): string | undefined {
  const url = new URL(publicUrl)
  if (isLoopback(url))
    return `Muster is known here as ${publicUrl}, which only this machine reaches. That is enough for the Okta sandbox; for a real org, set PUBLIC_URL to an https:// address that Okta reaches.`
  if (url.protocol !== 'https:')
    return `Okta takes https:// addresses only, and Muster is known here as ${publicUrl}. Set PUBLIC_URL to its https:// address before you copy anything into Okta.`
  if (url.hostname.includes('_'))
    return `Okta takes no address with an underscore, and Muster is known here as ${publicUrl}. Set PUBLIC_URL to another before you copy anything into Okta.`
  return undefined
}
