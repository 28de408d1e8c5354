import { field } from '#lib/http/form-action'
import { oktaAppName, oktaRedirectUris } from '#lib/oauth/okta-redirect-uris'
import { DomainError } from '#lib/platform/domain-error'

/**
 * The redirect URIs of a form: those that Okta uses for the app that `appName` names, and those of `redirectUri`, one a
 * line. Throws DomainError `invalid` for an app name that is none.
 */
export function readRedirectUris(form: FormData): { appName: string | undefined; redirectUris: string[] } {
  const given = field(form, 'appName')
  const appName = given ? oktaAppName(given) : undefined
  if (given && !appName)
    throw new DomainError(
      'invalid',
      'Paste the address of the app in Okta’s Admin Console, or its name: the part between /app/ and /instance/.',
      { field: 'appName' },
    )
  const typed = field(form, 'redirectUri').split(/\s+/).filter(Boolean)
  return { appName, redirectUris: [...(appName ? oktaRedirectUris(appName) : []), ...typed] }
}
