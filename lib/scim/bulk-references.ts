import { type Attributes, isObject } from './json-value.ts'
import { PATCH_OP } from './messages.ts'

const PREFIX = 'bulkId:'

/** The bulkId that a string refers to (RFC 7644 §3.7.2: `bulkId:` and the name), or undefined. */
function referenceIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith(PREFIX) ? value.slice(PREFIX.length) : undefined
}

/** Every bulkId that a path or the data of an operation refers to. */
export function bulkReferences(path: string, data: unknown): Set<string> {
  const found = new Set<string>()
  const inPath = pathReference(path)
  if (inPath !== undefined) found.add(inPath)
  collect(data, found)
  return found
}

/** The bulkId in `/Users/bulkId:x`. */
function pathReference(path: string): string | undefined {
  const [, , id] = path.split('?', 1)[0]?.split('/') ?? []
  return id === undefined ? undefined : referenceIn(decode(id))
}

/** `/Users/bulkId:x` with the id that `x` was given; a path without a reference, or with an unknown one, as it is. */
export function substituteInPath(path: string, ids: ReadonlyMap<string, string>): string {
  const reference = pathReference(path)
  const id = reference === undefined ? undefined : ids.get(reference)
  if (id === undefined) return path
  const [, endpoint] = path.split('/')
  const mark = path.indexOf('?')
  return `/${endpoint}/${id}${mark < 0 ? '' : path.slice(mark)}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function collect(value: unknown, found: Set<string>): void {
  const reference = referenceIn(value)
  if (reference !== undefined) found.add(reference)
  else if (Array.isArray(value)) for (const element of value) collect(element, found)
  else if (isObject(value)) for (const key of Object.keys(value)) collect(value[key], found)
}

export type Substituted = {
  readonly data: unknown
  /** References that `ids` does not know; what held them is left out of `data`. */
  readonly missing: ReadonlySet<string>
}

/**
 * Data with every `bulkId:` reference replaced by the id that the operation was given. Where an id is not known
 * (yet), the element of the list that holds the reference is left out; outside a list, the attribute.
 */
export function substituteBulkIds(data: unknown, ids: ReadonlyMap<string, string>): Substituted {
  const missing = new Set<string>()
  const substituted = substitute(data, ids, missing)
  return { data: substituted === MISSING ? undefined : substituted, missing }
}

/**
 * The PATCH body that adds to a created resource what its creation had to leave out: each attribute (or attribute of an
 * extension) of `data` that refers to one of `deferred`, whole. `ids` must know them all. What is there already stays.
 */
export function completionOf(
  data: unknown,
  deferred: ReadonlySet<string>,
  ids: ReadonlyMap<string, string>,
): { schemas: [string]; Operations: { op: 'add' | 'replace'; path: string; value: unknown }[] } {
  const operations: { op: 'add' | 'replace'; path: string; value: unknown }[] = []
  const visit = (object: unknown, prefix: string) => {
    if (!isObject(object)) return
    for (const key of Object.keys(object)) {
      const value = object[key]
      const references = new Set<string>()
      collect(value, references)
      if (![...references].some((reference) => deferred.has(reference))) continue
      if (prefix === '' && /^urn:/i.test(key)) visit(value, `${key}:`)
      else
        operations.push({
          op: Array.isArray(value) ? 'add' : 'replace',
          path: prefix + key,
          value: substituteBulkIds(value, ids).data,
        })
    }
  }
  visit(data, '')
  return { schemas: [PATCH_OP], Operations: operations }
}

const MISSING = Symbol('missing')

function substitute(value: unknown, ids: ReadonlyMap<string, string>, missing: Set<string>): unknown {
  const reference = referenceIn(value)
  if (reference !== undefined) {
    const id = ids.get(reference)
    if (id === undefined) missing.add(reference)
    return id ?? MISSING
  }
  if (Array.isArray(value)) {
    return value
      .map((element) => substituteElement(element, ids, missing))
      .filter((element) => element !== MISSING)
  }
  if (!isObject(value)) return value
  const out: Attributes = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') continue
    const kept = substitute(value[key], ids, missing)
    if (kept !== MISSING) out[key] = kept
  }
  return out
}

/** An element of a list whose own `value` is missing would be an empty shell: it goes as a whole. */
function substituteElement(
  element: unknown,
  ids: ReadonlyMap<string, string>,
  missing: Set<string>,
): unknown {
  const kept = substitute(element, ids, missing)
  if (!isObject(element)) return kept
  const lost = Object.keys(element).some((key) => {
    const reference = referenceIn(element[key])
    return reference !== undefined && !ids.has(reference)
  })
  return lost ? MISSING : kept
}
