import { shorten } from './note.ts'
import { ScimError, type ScimType } from './scim-error.ts'

export const DEFAULT_COUNT = 100
export const MAX_COUNT = 1000

export type PageRequest =
  | { readonly kind: 'index' /** 1-based. */; readonly startIndex: number; readonly count: number }
  /** `cursor` undefined: the first page (RFC 9865 §2: the parameter without a value). */
  | { readonly kind: 'cursor'; readonly cursor: string | undefined; readonly count: number }

/** The three parameters as they came, from a query string (strings) or from a SearchRequest (JSON values). */
export type PageParameters = {
  readonly startIndex?: unknown
  readonly count?: unknown
  readonly cursor?: unknown
}

/**
 * Which page is asked for. RFC 7644 §3.4.2.4: `startIndex` below 1 counts as 1, `count` below 0 as 0; `count` is
 * cut to 1,000 and is 100 when absent. What is not an integer is 400 (`invalidValue`; `invalidCount` with a
 * cursor, RFC 9865 §2.1). `cursor` together with `startIndex` is refused.
 */
export function parsePage(parameters: PageParameters): PageRequest {
  const { cursor } = parameters
  const byCursor = cursor !== undefined && cursor !== null
  const requested = readInteger('count', parameters.count, byCursor ? 'invalidCount' : 'invalidValue')
  const count = Math.min(Math.max(requested ?? DEFAULT_COUNT, 0), MAX_COUNT)
  const startIndex = readInteger('startIndex', parameters.startIndex, 'invalidValue')
  if (!byCursor) return { kind: 'index', startIndex: Math.max(startIndex ?? 1, 1), count }
  if (typeof cursor !== 'string') throw new ScimError(400, 'invalidCursor', 'cursor must be a string.')
  if (startIndex !== undefined) {
    throw new ScimError(400, 'invalidValue', 'startIndex and cursor cannot be used together.')
  }
  return { kind: 'cursor', cursor: cursor === '' ? undefined : cursor, count }
}

function readInteger(name: string, value: unknown, scimType: ScimType): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number
  throw new ScimError(400, scimType, `${name} must be an integer, not ${shorten(String(value))}.`)
}
