import { field } from '#lib/http/form-action'
import { DomainError } from '#lib/platform/domain-error'

const DAY_MS = 86_400_000

/** When something new ends, as EndChoice posts it: a number of days, or nothing for never. */
export function readEnd(form: FormData, name: string, now: number): Date | undefined {
  const days = field(form, name)
  if (days === '' || days === 'never') return undefined
  if (!/^\d{1,4}$/.test(days)) throw new DomainError('invalid', 'Choose when it ends.', { field: name })
  return new Date(now + Number(days) * DAY_MS)
}

/**
 * When what is replaced ends, as OverlapChoice posts it: `now`, a number of days, or `at` with a time. Scripts say which
 * moment the time is in the reader's own zone; without them it is UTC.
 */
export function readOthersEnd(form: FormData, now: number): Date | undefined {
  const choice = field(form, 'others')
  if (choice === 'now') return new Date(now)
  if (choice !== 'at') return readEnd(form, 'others', now)
  const moment = field(form, 'othersAtMoment') || `${field(form, 'othersAt')}Z`
  const at = new Date(moment)
  if (Number.isNaN(at.getTime()))
    throw new DomainError('invalid', 'Choose the time at which the old one ends.', { field: 'othersAt' })
  return at
}
