/** What can go wrong between a person or program and the domain. Each edge turns a code into its own form. */
export type DomainErrorCode =
  | 'invalid' // the input is wrong: 400
  | 'unauthenticated' // nobody is signed in: 401
  | 'forbidden' // signed in, not allowed: 403
  | 'not_found' // not there, or another team's: 404
  | 'conflict' // the name is taken, or the state has moved on: 409
  | 'gone' // it ended: expired or used: 410
  | 'reauthentication_required' // sign in again first: 403

/**
 * An expected refusal. `message` is shown to the person; `field` names the form field it belongs to;
 * `suggestion` is a value that would have worked.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: DomainErrorCode
  readonly field: string | undefined
  readonly suggestion: string | undefined

  constructor(code: DomainErrorCode, message: string, more: { field?: string; suggestion?: string } = {}) {
    super(message)
    this.code = code
    this.field = more.field
    this.suggestion = more.suggestion
  }
}
