export type ApproveTeam = {
  id: string
  name: string
  /** The member's role there, in words: "Admin". */
  role: string
  /** Why this team cannot be chosen; none: it can. */
  reason?: string
}

export type ApproveClient = {
  name: string
  clientId: string
  registeredBy?: string
  registeredAt?: string
  verified: boolean
}

/** A URL for a native form, or a server action. */
export type FormTarget = string | ((form: FormData) => void | Promise<void>)

export type GrantPermissionsProps = {
  action: FormTarget
  /** Carried along unseen (CSRF token, request id). */
  hidden?: Record<string, string>
  client: ApproveClient
  memberEmail: string
  switchAccountHref: string
  teams: readonly ApproveTeam[]
  teamId: string
  scopes: readonly string[]
  redirectUri: string
  serviceUserName: { value: string; error?: string; suggestion?: string }
  /** A new team may be named here instead. */
  mayAddTeam?: boolean
  /** What is wrong with the form as a whole. */
  formError?: string
  /** Its tokens may be replaced instead of adding a second connection. */
  existingConnectionId?: string
  /** This client already has a connection to the team. */
  existingConnectionHref?: string
  /** When the request ends, ISO. */
  endsAt: string
}
