/** Where Okta's clouds answer from; the last one is Okta's own development. */
export const OKTA_ORIGINS: readonly string[] = [
  'https://system-admin.okta.com',
  'https://system-admin.okta-emea.com',
  'https://system-admin.oktapreview.com',
  'https://system-admin.trexcloud.com',
  'http://system-admin.okta1.com:1802',
]

/**
 * The text between `/app/` and `/instance/` of the app's address in Okta's admin console, taken from a bare name or
 * from the whole address; undefined when there is none in it.
 */
export function oktaAppName(input: string): string | undefined {
  const text = input.trim()
  const name = /\/app\/([^/?#]+)\/instance\//.exec(text)?.[1] ?? text
  return /^[A-Za-z0-9_-]{1,100}$/.test(name) ? name : undefined
}

/** The five redirect URIs that Okta may use for an app, one for each of its clouds (okta-setup.md names the source). */
export function oktaRedirectUris(appName: string): string[] {
  return OKTA_ORIGINS.map((host) => `${host}/admin/app/cpc/${appName}/oauth/callback`)
}
