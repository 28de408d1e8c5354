import { checkedNames, MAX_JSON_DEPTH, nameTwice, parseJson } from './json.ts'

/** Longer bodies are read in slices of about this size. */
export const SLICE_BYTES = 128 * 1024

/** A list so long that it is read in slices: where its inside begins and ends, and the commas at which it is cut. */
type LongList = { from: number; to: number; cuts: number[] }
type Outline = { lists: LongList[]; names: number }

/**
 * What `parseJson` makes of a body, and refuses in it, in steps: between two of them the caller may let others have their
 * turn. No step does more than a slice of the body, whatever the length of its lists (a membership of 100,000 is 5 MB).
 * Lists that are long only by what is in a longer list of their own are read with the rest, at the end.
 */
export function* parseJsonInSlices(
  bytes: Uint8Array,
  sliceBytes: number = SLICE_BYTES,
): Generator<undefined, unknown> {
  if (bytes.length <= sliceBytes) return parseJson(bytes)
  const outline = yield* outlineOf(bytes, sliceBytes)
  // The whole body is at fault, or none of its lists is long: parseJson says where, or reads it.
  if (!outline || outline.lists.length === 0) return parseJson(bytes)
  let names = 0
  const read = (text: string) => {
    const value: unknown = JSON.parse(text)
    names += checkedNames(value, text)
    return value
  }
  // No sender can foresee it, so that none can write it.
  const mark = crypto.randomUUID()
  const elements = new Map<string, unknown[]>()
  const rest: string[] = []
  let body: unknown
  try {
    let at = 0
    for (const { from, to, cuts } of outline.lists) {
      const list: unknown[] = []
      let start = from
      for (const end of [...cuts, to]) {
        const slice = read(`[${decode(bytes, start, end)}]`) as unknown[]
        // Nothing between two commas.
        if (slice.length === 0) return parseJson(bytes)
        for (const element of slice) list.push(element)
        start = end + 1
        yield
      }
      const key = `${mark} ${elements.size}`
      elements.set(key, list)
      rest.push(decode(bytes, at, from), `"${key}"`)
      at = to
    }
    rest.push(decode(bytes, at, bytes.length))
    body = read(rest.join(''))
  } catch {
    return parseJson(bytes)
  }
  if (names !== outline.names) throw nameTwice()
  return withLists(body, elements)
}

/** Finds the long lists and counts the names (see `parseJson`); undefined for what is no JSON already by its brackets. */
function* outlineOf(bytes: Uint8Array, sliceBytes: number): Generator<undefined, Outline | undefined> {
  const lists: LongList[] = []
  /** What is open at each depth. `whole`: something in it is cut already. */
  const open = Array.from({ length: MAX_JSON_DEPTH + 1 }, () => ({
    at: 0,
    isList: false,
    from: 0,
    cuts: [] as number[],
    whole: false,
  }))
  let depth = 0
  let names = 0
  let inString = false
  let at = 0
  while (at < bytes.length) {
    const end = Math.min(at + sliceBytes, bytes.length)
    for (; at < end; at += 1) {
      const byte = bytes[at]
      if (inString) {
        if (byte === 0x5c) at += 1
        else if (byte === 0x22) inString = false
      } else if (byte === 0x22) {
        inString = true
      } else if (byte === 0x3a) {
        names += 1
      } else if (byte === 0x2c) {
        const frame = open[depth] as (typeof open)[number]
        if (frame.isList && at - frame.from >= sliceBytes) {
          frame.cuts.push(at)
          frame.from = at + 1
        }
      } else if (byte === 0x7b || byte === 0x5b) {
        depth += 1
        const frame = open[depth]
        if (!frame) return undefined
        frame.at = at
        frame.isList = byte === 0x5b
        frame.from = at + 1
        if (frame.cuts.length > 0) frame.cuts = []
        frame.whole = false
      } else if (byte === 0x7d || byte === 0x5d) {
        const frame = open[depth] as (typeof open)[number]
        if (depth === 0 || frame.isList !== (byte === 0x5d)) return undefined
        depth -= 1
        if (frame.cuts.length > 0 && !frame.whole) {
          lists.push({ from: frame.at + 1, to: at, cuts: frame.cuts })
          for (let outer = depth; outer > 0; outer--) (open[outer] as (typeof open)[number]).whole = true
        }
      }
    }
    yield
  }
  return depth === 0 && !inString ? { lists, names } : undefined
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A byte order mark is skipped at the beginning of a body alone. */
function decode(bytes: Uint8Array, from: number, to: number): string {
  const text = decoder.decode(bytes.subarray(from, to))
  return from === 0 && text.startsWith('\ufeff') ? text.slice(1) : text
}

/** The body with each long list in the place that its mark kept. */
function withLists(value: unknown, elements: ReadonlyMap<string, unknown[]>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const [first] = value
    const list = value.length === 1 && typeof first === 'string' ? elements.get(first) : undefined
    return list ?? value.map((element) => withLists(element, elements))
  }
  const object = value as Record<string, unknown>
  for (const key of Object.keys(object)) object[key] = withLists(object[key], elements)
  return object
}
