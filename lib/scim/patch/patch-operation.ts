/** One operation of a PATCH (RFC 7644 §3.5.2), `op` in lower case. `value` undefined: there was none. */
export type PatchOperation = {
  readonly op: 'add' | 'remove' | 'replace'
  /** As the client wrote it. */
  readonly path: string | undefined
  readonly value: unknown
}

/** Most operations of one request. Okta sends at most 1,000 membership changes at a time, others send more. */
export const MAX_PATCH_OPERATIONS = 10_000
