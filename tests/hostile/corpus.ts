import { BODIES, PATCHES, SIZES } from './bodies.ts'
import { HEADERS } from './headers.ts'
import { FILTERS, PATHS } from './queries.ts'
import type { Hostile } from './request.ts'

/** Requests that each are refused in SCIM's form, in bounded time, and change nothing. */
export const CORPUS: readonly Hostile[] = [...BODIES, ...PATCHES, ...SIZES, ...FILTERS, ...PATHS, ...HEADERS]
