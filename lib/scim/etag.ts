import { ScimError } from './scim-error.ts'

/** The version of a resource as a weak entity tag (RFC 7644 §3.14): `W/"3"`. */
export function etagOf(version: number): string {
  return `W/"${version}"`
}

/**
 * Whether a precondition header names the current version. `*` matches whatever exists. Weak and strong forms of
 * one tag are alike: RFC 7644 §3.14 uses weak tags with If-Match. A list may hold up to 100 tags.
 * Throws ScimError 400 `invalidVers` for what is not a list of entity tags.
 */
export function matchesEtag(header: string, version: number): boolean {
  if (header.trim() === '*') return true
  const tags = header.split(',', 101)
  if (tags.length > 100) throw invalid()
  let matches = false
  for (const tag of tags) {
    const text = tag.trim()
    if (text === '') continue
    const opaque = text.startsWith('W/') ? text.slice(2) : text
    // Some clients lose the quotes; a bare tag is read as if it had them.
    const value =
      opaque.startsWith('"') && opaque.endsWith('"') && opaque.length > 1 ? opaque.slice(1, -1) : opaque
    if (value.includes('"')) throw invalid()
    if (value === String(version)) matches = true
  }
  return matches
}

/** If-Match on a change (RFC 9110 §13.1.1): throws ScimError 412 unless it is absent or names the version. */
export function checkIfMatch(header: string | null | undefined, version: number): void {
  if (header === null || header === undefined || matchesEtag(header, version)) return
  const detail = `If-Match does not name the current version ${etagOf(version)}: the resource was changed meanwhile.`
  throw new ScimError(412, undefined, detail)
}

/** If-None-Match on a read (RFC 9110 §13.1.2): true when the answer is 304 Not Modified. */
export function isNotModified(header: string | null | undefined, version: number): boolean {
  return header !== null && header !== undefined && matchesEtag(header, version)
}

/** If-None-Match on a change: throws ScimError 412 when it names the version. */
export function checkIfNoneMatch(header: string | null | undefined, version: number): void {
  if (!isNotModified(header, version)) return
  throw new ScimError(
    412,
    undefined,
    `If-None-Match names the current version ${etagOf(version)} of the resource.`,
  )
}

function invalid(): ScimError {
  return new ScimError(
    400,
    'invalidVers',
    'If-Match and If-None-Match take a list of entity tags like W/"1", or *.',
  )
}
