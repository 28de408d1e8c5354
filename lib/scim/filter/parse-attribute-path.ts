import type { AttributePath } from '../schema/find-attribute.ts'

/**
 * `name`, `name.sub`, `URN:name`, `URN:name.sub` (RFC 7644 §3.10). The URN ends at the last colon, so that it may
 * hold dots and version numbers. Returns undefined for what is not an attribute path.
 */
export function parseAttributePath(word: string): AttributePath | undefined {
  const colon = word.lastIndexOf(':')
  const uri = colon === -1 ? undefined : word.slice(0, colon)
  if (uri !== undefined && !isUrn(uri)) return undefined
  const rest = word.slice(colon + 1)
  const dot = rest.indexOf('.')
  const name = dot === -1 ? rest : rest.slice(0, dot)
  const sub = dot === -1 ? undefined : rest.slice(dot + 1)
  if (!isName(name, uri !== undefined) || (sub !== undefined && !isName(sub, uri !== undefined)))
    return undefined
  const path: { uri?: string; name: string; sub?: string } = { name }
  if (uri !== undefined) path.uri = uri
  if (sub !== undefined) path.sub = sub
  return path
}

/** After a URN a name may start with a digit: the URN of a whole extension may end in `…:2.0`. */
function isName(text: string, digitFirst: boolean): boolean {
  return digitFirst ? /^[\w$-]+$/.test(text) : /^[A-Za-z$_][\w$-]*$/.test(text)
}

function isUrn(text: string): boolean {
  return /^urn:[^\s"()[\]]+$/i.test(text)
}
