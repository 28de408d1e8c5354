import { pool, prepared, unnested } from '#lib/db/pool'
import type { ExchangeDraft } from './exchange.ts'
import { storable } from './exchange-sql.ts'

/** What a batch of exchanges tells about one token and its connection. */
type Observation = {
  teamId: string
  connectionId: string
  serviceUserId: string
  tokenHash: string | null
  at: number
  ip: string | null
  userAgent: string | null
  tested: boolean
  user: boolean
  group: boolean
  push: boolean
  error: boolean
}

const OBSERVE_CONNECTIONS = `
  UPDATE connection c SET
    last_request_at = greatest(c.last_request_at, o.at),
    tested_at = coalesce(c.tested_at, CASE WHEN o.tested THEN o.at END),
    first_user_at = coalesce(c.first_user_at, CASE WHEN o.is_user THEN o.at END),
    first_group_at = coalesce(c.first_group_at, CASE WHEN o.is_group THEN o.at END),
    last_push_at = CASE WHEN o.push THEN greatest(c.last_push_at, o.at) ELSE c.last_push_at END,
    last_error_at = CASE WHEN o.error THEN greatest(c.last_error_at, o.at) ELSE c.last_error_at END
  FROM ${unnested('uuid', 'uuid', 'timestamptz', 'bool', 'bool', 'bool', 'bool', 'bool')}
    AS o(team_id, id, at, tested, is_user, is_group, push, error)
  WHERE c.team_id = o.team_id AND c.id = o.id`

const OBSERVE_TOKENS = `
  UPDATE token t SET last_used_at = greatest(t.last_used_at, o.at), last_used_ip = o.ip, last_used_user_agent = o.user_agent
  FROM ${unnested('uuid', 'text', 'timestamptz', 'text', 'text')} AS o(team_id, token_hash, at, ip, user_agent)
  WHERE t.team_id = o.team_id AND t.token_hash = o.token_hash`

const OBSERVE_SERVICE_USERS = `
  UPDATE service_user s SET last_used_at = greatest(s.last_used_at, o.at), last_used_ip = o.ip, last_used_user_agent = o.user_agent
  FROM ${unnested('uuid', 'uuid', 'timestamptz', 'text', 'text')} AS o(team_id, id, at, ip, user_agent)
  WHERE s.team_id = o.team_id AND s.id = o.id`

const OBSERVE_PUSH_ERRORS = `
  UPDATE directory_group g SET push_error_at = o.at, push_error_status = o.status, push_error = o.detail, push_error_exchange_id = o.exchange_id
  FROM ${unnested('uuid', 'uuid', 'timestamptz', 'int', 'text', 'uuid')} AS o(team_id, id, at, status, detail, exchange_id)
  WHERE g.team_id = o.team_id AND g.id = o.id AND (g.last_push_at IS NULL OR g.last_push_at < o.at)`

/** Carries what exchanges tell to the rows that pages show: when a connection was last heard of, which push failed. */
export async function observeExchanges(drafts: ExchangeDraft[]): Promise<void> {
  const byToken = new Map<string, Observation>()
  const failed = new Map<string, ExchangeDraft>()
  for (const draft of drafts) {
    if (
      draft.status >= 400 &&
      draft.method !== 'GET' &&
      draft.resourceType === 'Group' &&
      draft.resourceId &&
      draft.serviceUserId
    )
      failed.set(draft.resourceId, draft)
    if (draft.connectionId && draft.serviceUserId) merge(byToken, draft)
  }
  const seen = [...byToken.values()]
  const at = (each: Observation) => new Date(each.at).toISOString()
  const column = <T>(pick: (each: Observation) => T) => seen.map(pick)
  const teams = column((o) => o.teamId)
  if (seen.length > 0) {
    await prepared(pool(), 'observe-connections', OBSERVE_CONNECTIONS, [
      teams,
      column((o) => o.connectionId),
      column(at),
      column((o) => o.tested),
      column((o) => o.user),
      column((o) => o.group),
      column((o) => o.push),
      column((o) => o.error),
    ])
    const use = [column(at), column((o) => o.ip), column((o) => o.userAgent)]
    await prepared(pool(), 'observe-tokens', OBSERVE_TOKENS, [teams, column((o) => o.tokenHash), ...use])
    await prepared(pool(), 'observe-service-users', OBSERVE_SERVICE_USERS, [
      teams,
      column((o) => o.serviceUserId),
      ...use,
    ])
  }
  if (failed.size > 0) {
    const errors = [...failed.values()]
    await prepared(pool(), 'observe-push-errors', OBSERVE_PUSH_ERRORS, [
      errors.map((draft) => draft.teamId),
      errors.map((draft) => draft.resourceId),
      errors.map((draft) => new Date(draft.at).toISOString()),
      errors.map((draft) => draft.status),
      errors.map((draft) => draft.errorDetail && storable(draft.errorDetail)),
      errors.map((draft) => draft.id),
    ])
  }
}

/**
 * One row a token: an UPDATE … FROM must not name a row twice. A refused request counts as an error, not as use; asking
 * for tokens is use (and, refused, an error: nothing will arrive any more), but pushes nothing.
 */
function merge(byToken: Map<string, Observation>, draft: ExchangeDraft): void {
  const refused = draft.status === 401
  const scim = draft.kind === 'scim'
  const write = scim && draft.method !== 'GET' && draft.method !== 'HEAD' && draft.status < 400
  const key = draft.tokenHash ?? draft.connectionId ?? ''
  const before = byToken.get(key)
  byToken.set(key, {
    teamId: draft.teamId,
    connectionId: draft.connectionId as string,
    serviceUserId: draft.serviceUserId as string,
    tokenHash: draft.tokenHash,
    at: Math.max(before?.at ?? 0, draft.at),
    ip: draft.ip,
    userAgent: draft.userAgent,
    tested: (before?.tested ?? false) || (scim && draft.method === 'GET' && draft.status === 200),
    user: (before?.user ?? false) || (write && draft.resourceType === 'User'),
    group: (before?.group ?? false) || (write && draft.resourceType === 'Group'),
    push: (before?.push ?? false) || write,
    error: (before?.error ?? false) || refused || draft.status >= 400,
  })
}
