import { DomainError } from '#lib/platform/domain-error'
import { emailKey } from './email.ts'

const PASSWORD_MIN = 12
const PASSWORD_MAX = 200

/** Stems of the passwords of twelve characters and more that lead every list of leaked ones. */
const COMMON_STEMS =
  'password passw0rd p@ssword p@ssw0rd passwort motdepasse contraseña senha qwertyuiop qwertyuio qwerty asdfghjkl asdfgh ' +
  'zxcvbnm 1qaz2wsx 1q2w3e4r5t 1q2w3e4r q1w2e3r4 administrator admin welcome letmein iloveyou changeme trustno1 ' +
  'sunshine princess football baseball dragon monkey superman batman starwars whatever computer internet secret ' +
  'master michael jennifer charlie liverpool chelsea unknown default test guest root login hello okta muster ' +
  'abcdefghijklmnopqrstuvwxyz abcdefghijkl abcd abc 0123456789 1234567890 123456789 12345678 1234567 123456 12345 1234 123 ' +
  '9876543210 987654321 0987654321 111111 000000 654321 112233 121212 123123'
const STEMS = COMMON_STEMS.split(' ').sort((a, b) => b.length - a.length)

/** Whether nothing is left once common words, years and decoration are taken away, or one pattern just repeats. */
function isCommon(password: string): boolean {
  let rest = password.toLowerCase()
  if (/^(.{1,4})\1+.{0,3}$/.test(rest)) return true
  for (const stem of STEMS) rest = rest.split(stem).join('')
  return rest.replace(/(19|20)\d\d/g, '').replace(/[\d\s!-/:-@[-`{-~]/g, '').length < 3
}

/** Refuses a password that is too short, too long, common, or the account's own address. Throws DomainError. */
export function checkNewPassword(password: string, email: string, field = 'password'): void {
  const refuse = (message: string): never => {
    throw new DomainError('invalid', message, { field })
  }
  const length = [...password].length
  if (length < PASSWORD_MIN)
    refuse(`Use at least ${PASSWORD_MIN} characters. A few unrelated words are easy to remember.`)
  if (length > PASSWORD_MAX) refuse(`Use at most ${PASSWORD_MAX} characters.`)
  const [key, typed] = [emailKey(email), password.trim().toLowerCase()]
  const local = key.split('@')[0] as string
  if (
    typed === key ||
    (local.length >= 6 && typed.replace(/[\d\W_]+/g, '') === local.replace(/[\d\W_]+/g, ''))
  )
    refuse('Do not use your email address as the password.')
  if (isCommon(password))
    refuse('This password is one of those that are guessed first. Use a few unrelated words.')
}
