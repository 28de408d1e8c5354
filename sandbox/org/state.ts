import type { Dialect } from '../scim-client/call.ts'
import type { OAuthClient, OAuthTokens } from '../scim-client/oauth.ts'
import type { UniqueIdentifier } from '../scim-client/users.ts'

export type PersonStatus = 'ACTIVE' | 'SUSPENDED' | 'DEPROVISIONED'

export type Profile = {
  login: string
  email: string
  firstName: string
  lastName: string
  displayName: string
  title: string
  department: string
}

export type Person = { id: string; status: PersonStatus; profile: Profile; created: string }

export type Group = { id: string; name: string; description: string; members: string[]; created: string }

export type ToApp = {
  createUsers: boolean
  updateUserAttributes: boolean
  deactivateUsers: boolean
  syncPassword: boolean
}

export type SupportedActions = {
  importUsers: boolean
  pushNewUsers: boolean
  pushProfileUpdates: boolean
  pushGroups: boolean
  importGroups: boolean
}

/** Everything on the form behind *Configure API Integration*. */
export type Integration = OAuthClient & {
  baseUrl: string
  uniqueIdentifier: UniqueIdentifier
  actions: SupportedActions
  mode: 'oauth2' | 'header' | 'basic'
  pkce: boolean
  headerToken: string
  basicUsername: string
  basicPassword: string
}

export type PendingAuthorization = {
  state: string
  redirectUri: string
  codeVerifier: string
  createdAt: string
}

/** One person's copy of the app: Okta's app user. Kept after unassignment, so that the SCIM id is not lost. */
export type AppUser = {
  personId: string
  scope: 'USER' | 'GROUP'
  assigned: boolean
  status: 'STAGED' | 'PENDING' | 'PROVISIONED' | 'ACTIVE' | 'DEPROVISIONED'
  syncState: 'DISABLED' | 'SYNCING' | 'SYNCHRONIZED' | 'ERROR'
  /** The SCIM id in the app, once known. */
  externalId: string
  /** Assigned while provisioning was off: the red flag of the Assignments tab. */
  beforeProvisioning: boolean
  error: string
  lastSync: string
}

export type GroupPush = {
  id: string
  sourceGroupId: string
  ruleId: string
  action: 'CREATE' | 'LINK'
  targetGroupId: string
  targetName: string
  status: 'ACTIVE' | 'INACTIVE' | 'ERROR'
  errorSummary: string
  errorAt: string
  lastPush: string
  created: string
}

export type PushRule = {
  id: string
  name: string
  operator: 'STARTS_WITH' | 'ENDS_WITH' | 'CONTAINS' | 'EQUALS'
  value: string
  active: boolean
  pushMemberships: boolean
}

export type JobWork =
  | { kind: 'user.provision'; personId: string }
  | { kind: 'user.update'; personId: string }
  | { kind: 'user.deactivate'; personId: string }
  | { kind: 'user.password'; personId: string }
  | { kind: 'group.push'; pushId: string }
  | { kind: 'group.rename'; pushId: string }
  | { kind: 'group.members'; pushId: string; add: string[]; remove: string[] }
  | { kind: 'group.delete'; targetGroupId: string; targetName: string }
  | { kind: 'import' }
  | { kind: 'app-groups.refresh' }

export type Job = {
  id: string
  work: JobWork
  state: 'queued' | 'running'
  /** Failed attempts so far; only rate limiting is tried again by itself. */
  attempts: number
  notBefore: string
  created: string
}

export type Task = { id: string; work: JobWork; message: string; at: string }

export type AppGroup = { id: string; displayName: string }

export type ImportedUser = {
  id: string
  userName: string
  email: string
  givenName: string
  familyName: string
  active: boolean
  /** NEW: proposed as a new person; MATCHED: a person of the same user name; CONFIRMED and IGNORED: decided. */
  state: 'NEW' | 'MATCHED' | 'CONFIRMED' | 'IGNORED'
  personId: string
}

export type ImportResult = { at: string; lines: string[]; error: string }

export type Faults = {
  /** What the next requests get instead of the app's answer. */
  next: 'none' | '429-seconds' | '429-silent' | '429-date' | '502-html' | '409' | 'timeout' | 'lost-answer'
  remaining: number
  /** How many requests get the app's own answer first. */
  skip: number
  retryAfterSeconds: number
  /** Adds a member that the app does not know to the next membership push. */
  unknownMember: boolean
  /** Sends the next push of a group under an id that the app does not know, as if memberships overtook their group. */
  unknownGroup: boolean
}

export type App = {
  id: string
  /** The text between `/app/` and `/instance/` of the admin URL. */
  name: string
  label: string
  dialect: Dialect
  created: string
  enabled: boolean
  verifiedAt: string
  integration: Integration
  tokens: OAuthTokens | null
  authenticatedAt: string
  pendingAuthorization: PendingAuthorization | null
  toApp: ToApp
  assignedPeople: string[]
  assignedGroups: string[]
  appUsers: Record<string, AppUser>
  pushes: GroupPush[]
  rules: PushRule[]
  renameAppGroups: boolean
  chunkSize: number
  concurrentChunks: boolean
  jobs: Job[]
  tasks: Task[]
  appGroups: AppGroup[]
  importedUsers: Record<string, ImportedUser>
  lastImport: ImportResult | null
  faults: Faults
}

export type HttpRecord = {
  method: string
  url: string
  status: number
  milliseconds: number
  requestHeaders: Record<string, string>
  requestBody: string
  responseHeaders: Record<string, string>
  responseBody: string
  /** The answer was made up by the fault panel and never reached the app. */
  injected: boolean
}

export type LogEntry = {
  id: number
  at: string
  appId: string
  /** `http` for a request to the app, otherwise an event type of Okta's System Log. */
  type: string
  outcome: 'SUCCESS' | 'FAILURE'
  message: string
  target: string
  http: HttpRecord | null
}

export type OrgState = {
  version: 1
  name: string
  people: Person[]
  groups: Group[]
  apps: App[]
  log: LogEntry[]
  nextLogId: number
}
