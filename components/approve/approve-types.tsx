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

/** A connection that this client already has to the team. */
export type ExistingConnection = {
  id: string
  serviceUserName: string
  href: string
  approvedBy: string
  /** ISO 8601 */
  approvedAt: string
  /** No token of it opens anything any more. */
  ended: boolean
}

export type GrantPermissionsProps = {
  /** This page, and where the decision goes. */
  page: string
  action: string
  /** Carried along unseen: the form's proof. */
  proof: string
  /** Which team: its id, or the name of one to make. */
  teamField: { name: 'teamId' | 'newTeam'; value: string }
  client: ApproveClient
  memberEmail: string
  switchAccountHref: string
  team: { name: string; role: string; isNew: boolean }
  /** Where another team can be chosen; none: there is no other. */
  changeTeamHref?: string
  scopes: readonly string[]
  redirectUri: string
  serviceUserName: { value: string; error?: string; suggestion?: string }
  existing: readonly ExistingConnection[]
  /** The chosen one of them, whose tokens are replaced, or "new". */
  connection: string
  /** When the request ends, ISO. */
  endsAt: string
}
