import type { Filter } from '../filter/ast.ts'
import { MAX_FILTER_LENGTH } from '../filter/bounds.ts'
import { parseAttributePath } from '../filter/parse-attribute-path.ts'
import { FilterParser } from '../filter/parse-filter.ts'
import { tokenize } from '../filter/tokenize.ts'
import type { AttributePath } from '../schema/find-attribute.ts'
import { ScimError } from '../scim-error.ts'

/** `path` without its filter; `filter` speaks of the elements of `path` without its sub-attribute. */
export type PatchPath = { readonly path: AttributePath; readonly filter: Filter | undefined }

/** PATH = attrPath / valuePath [subAttr] (RFC 7644 §3.5.2). Throws ScimError 400 `invalidPath`. */
export function parsePatchPath(text: string): PatchPath {
  if (text.length > MAX_FILTER_LENGTH) {
    throw new ScimError(400, 'invalidPath', `The path is longer than ${MAX_FILTER_LENGTH} characters.`)
  }
  const parser = new FilterParser(tokenize(text, 'invalidPath'), 'invalidPath')
  const path = parser.parsePath()
  if (parser.peek().kind !== '[') {
    parser.expectEnd()
    return { path, filter: undefined }
  }
  const filter = parser.parseBracketed()
  const suffix = parser.next()
  if (suffix.kind === 'end') return { path, filter }
  const sub = suffix.text.startsWith('.') ? parseAttributePath(suffix.text.slice(1)) : undefined
  if (
    suffix.kind !== 'word' ||
    !sub ||
    sub.uri !== undefined ||
    sub.sub !== undefined ||
    path.sub !== undefined
  ) {
    throw parser.error(suffix, 'a sub-attribute like ".value", or the end')
  }
  parser.expectEnd()
  return { path: { ...path, sub: sub.name }, filter }
}
