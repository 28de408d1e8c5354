/** What a page's policy depends on. `formTargets`: origins, beside our own, that a form may lead to. */
export type PolicyFacts = { nonce: string; development: boolean; https: boolean; formTargets: string[] }

/**
 * The Content-Security-Policy of every page: scripts by nonce only, nothing from elsewhere, never in a frame. Chromium
 * checks `form-action` along a form's redirects, so that a form which ends at another site names that site's origin.
 */
export function contentSecurityPolicy({ nonce, development, https, formTargets }: PolicyFacts): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Style attributes place menus and dialogs; they cannot run anything.
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    `frame-ancestors 'none'`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** An origin as a policy may name it; undefined for anything else, so that nothing can be slipped into the header. */
export function policyOrigin(text: string | undefined): string | undefined {
  const url = text ? URL.parse(text) : null
  return url && /^https?:\/\/[a-z0-9.\-[\]:]+$/i.test(url.origin) ? url.origin : undefined
}
