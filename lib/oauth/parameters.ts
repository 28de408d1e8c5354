import { OAuthError } from './oauth-error.ts'

/** Request parameters after the rules that hold for all of them. A missing and an empty one are the same: undefined. */
export type Parameters = {
  get(name: string): string | undefined
  /** Every value of a parameter that may be repeated. */
  all(name: string): string[]
}

/**
 * RFC 6749 §3.1 and §3.2: a parameter without a value counts as omitted, an unknown one is ignored, and none may be
 * sent twice. Unknown ones may: what is ignored is ignored whole (RFC 8707 lets `resource` repeat).
 *
 * `repeatable`: those that a client is known to repeat. Okta appends its own `scope` to an authorization URL that
 * may already carry one.
 */
export function readParameters(
  source: URLSearchParams,
  known: readonly string[],
  repeatable: readonly string[] = [],
): Parameters {
  for (const name of known)
    if (!repeatable.includes(name) && source.getAll(name).length > 1)
      throw new OAuthError('invalid_request', `The parameter ${name} was sent more than once.`)
  return {
    get: (name) => source.get(name) || undefined,
    all: (name) => source.getAll(name).filter((value) => value !== ''),
  }
}

/** Whether every character is a VSCHAR (RFC 6749 Appendix A): visible ASCII or space. */
export function isVisible(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text)
}
