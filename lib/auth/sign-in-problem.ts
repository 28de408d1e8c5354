/** What the sign-in page says for each reason that its address may name; undefined when there is none. */
export function signInProblem(error: string | undefined, waitSeconds: number): string | undefined {
  if (error === undefined) return undefined
  if (error === 'throttled') return `Too many attempts. Try again in ${waitInWords(waitSeconds)}.`
  return PROBLEMS[error] ?? 'Signing in did not work. Try again.'
}

const PROBLEMS: Record<string, string> = {
  credentials: 'Email and password do not belong together. Check both and try again.',
  expired: 'That took too long. Sign in again.',
  ended: 'You were signed out. Sign in again.',
  // Refusals of an OpenID sign-in (OidcRefusal).
  deactivated: 'Your account is deactivated. Ask whoever manages accounts at your company.',
  disabled: 'Your account is disabled in Muster. Ask whoever runs it.',
  unknown_person:
    'Nobody here has your address. Ask an owner of the team to invite you, or to assign you to Muster.',
  email_unverified:
    'Your provider does not say that your email address is verified, so Muster cannot rely on it.',
  email_taken: 'Your new address belongs to another account here. Ask whoever runs Muster.',
  identity_taken: 'This address is connected to another identity of your provider. Ask whoever runs Muster.',
  confirm_link: 'This address has an account with a password. Sign in with it once, to connect the two.',
  stale: 'Your provider did not ask you to sign in again. Sign out there, then try again.',
  // What next-auth calls its own.
  OAuthSignin: 'Your provider could not be reached. Try again in a moment.',
  OAuthCallback: 'Your provider did not complete the sign-in. Try again.',
  AccessDenied: 'Your provider refused the sign-in. Ask whoever manages accounts at your company.',
}

function waitInWords(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  return `${Math.ceil(seconds / 60)} minutes`
}
