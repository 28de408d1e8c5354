export type SignInMethod = 'password' | 'oidc'

/** Who is signed in, in which browser session, and how. */
export type SignedIn = {
  memberId: string
  email: string
  name: string
  sessionId: string
  method: SignInMethod
  /** When this person last proved who they are. */
  reauthenticatedAt: Date
}

/** What a person may do in a team; each includes those after it. */
const ACCESS_LEVELS = ['owner', 'admin', 'reviewer', 'self'] as const
export type Access = (typeof ACCESS_LEVELS)[number]

/** Whether `access` covers what is needed. */
export function allows(access: Access | undefined, needs: Access): boolean {
  return access !== undefined && ACCESS_LEVELS.indexOf(access) <= ACCESS_LEVELS.indexOf(needs)
}

export function mostPermissive(levels: (Access | undefined)[]): Access | undefined {
  return ACCESS_LEVELS.find((level) => levels.includes(level))
}
