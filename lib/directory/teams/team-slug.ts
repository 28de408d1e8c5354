/** Words that a team's address may not be: they are Muster's own first path segments, or would look like it. */
const RESERVED_SLUGS = new Set(
  (
    'about account activity admin administrator api app approve assets auth authorize callback connect connections ' +
    'dashboard demo docs error events favicon gallery groups health healthz help home icon invite live login logout ' +
    'metrics muster new next no-access null oauth okta operator owner owners public ready readyz recover register reset ' +
    'roles root sandbox scim security service-users settings setup sign-in sign-out sign-up signin signout signup static ' +
    'status support system team teams token undefined users webhooks well-known www'
  ).split(' '),
)

export const SLUG_RULE = '3 to 40 characters: a–z, 0–9 and -, beginning and ending with a letter or digit'
const SLUG = /^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/

export function isValidSlug(slug: string): boolean {
  return SLUG.test(slug) && !slug.includes('--')
}

export function isReservedSlug(slug: string): boolean {
  return RESERVED_SLUGS.has(slug)
}

/** An address made from a team's name: "Açme & Søns, Inc." → "acme-sons-inc". Valid and not reserved. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 36)
    .replace(/^-+|-+$/g, '')
  if (plain === '') return 'team-1'
  return isValidSlug(plain) && !isReservedSlug(plain) ? plain : `team-${plain}`
}

/** The slug itself, or with the first number that makes it free. `taken` holds slugs in use. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug
  const stem = slugStem(slug)
  for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`
}

/** What is left of a slug without its number, short enough to take another: "acme-2" → "acme". */
export function slugStem(slug: string): string {
  return slug.replace(/-\d{1,4}$/, '').slice(0, 35)
}
