import { FreshReads } from '#lib/db/fresh-reads'
import { anyOf, pool, prepared } from '#lib/db/pool'
import { singleton } from '#lib/platform/singleton'
import { forgetCaller, rememberCaller } from './assume-caller.ts'
import { readAuthorization } from './read-authorization.ts'
import { parseToken } from './token-format.ts'
import { spanInWords } from './words-for-time.ts'

/** Who calls: the service user of a connection, within one team. Nothing of it changes as long as the token is kept. */
export type Caller = {
  teamId: string
  connectionId: string
  serviceUserId: string
  tokenHash: string
  scope: string
}

/** Why a token is refused. `caller` is known when the token once was good, so that the attempt is attributed. */
export type Refusal = {
  reason: 'missing' | 'malformed' | 'unknown' | 'expired' | 'revoked' | 'disabled'
  detail: string
  caller?: Caller
}

type TokenRow = {
  token_hash: string
  kind: string
  connection_id: string
  service_user_id: string
  service_user_name: string
  scope: string
  expires_at: Date | null
  revoked_at: Date | null
  revoked_reason: string | null
  disabled_at: Date | null
  disconnected_at: Date | null
}

const FIND_TOKEN = `
  SELECT t.token_hash, t.kind, t.connection_id, t.service_user_id, s.name AS service_user_name, t.scope, t.expires_at, t.revoked_at,
         t.revoked_reason, coalesce(s.disabled_at, s.deleted_at) AS disabled_at, c.disconnected_at
  FROM token t
  JOIN service_user s ON s.team_id = t.team_id AND s.id = t.service_user_id
  JOIN connection c ON c.team_id = t.team_id AND c.id = t.connection_id
  WHERE t.team_id = $1 AND t.token_hash ${anyOf('$2', 'text')}`

const tokenReads = () =>
  singleton(
    'token-reads',
    () =>
      new FreshReads<TokenRow>(async (teamId, hashes) => {
        const { rows } = await prepared<TokenRow>(pool(), 'find-token', FIND_TOKEN, [teamId, hashes])
        return new Map(rows.map((row) => [row.token_hash, row]))
      }),
  )

/**
 * Checks an `Authorization` header (readAuthorization) against the database: a token that was revoked before the call is
 * refused. What makes a token good stands a second time in `permitOf` (lib/db/permit.ts), which statements ask.
 */
export async function authenticate(
  authorization: string | null,
  now: number,
): Promise<{ caller: Caller } | { refusal: Refusal }> {
  if (!authorization)
    return refuse('missing', 'No access token was sent. Send it as: Authorization: Bearer <token>.')
  const credential = readAuthorization(authorization)
  const parsed = credential && parseToken(credential.token)
  if (!parsed || parsed.kind === 'code' || parsed.kind === 'refresh')
    return refuse(
      'malformed',
      'The access token is not one of Muster’s. Copy it again in full, or authenticate again in Okta.',
    )
  const row = await tokenReads().read(parsed.teamId, parsed.hash)
  // Until it is found good below: what is refused is not assumed to be let in.
  forgetCaller(parsed.hash)
  if (!row)
    return refuse(
      'unknown',
      'The access token is not known here. Authenticate again in Okta, or make a new token in Muster.',
    )
  const caller: Caller = {
    teamId: parsed.teamId,
    connectionId: row.connection_id,
    serviceUserId: row.service_user_id,
    tokenHash: parsed.hash,
    scope: row.scope,
  }
  if (credential?.name !== undefined && credential.name.toLowerCase() !== row.service_user_name.toLowerCase())
    return refuse('unknown', 'The user name and the token do not belong together.', caller)
  if (row.revoked_at)
    return refuse(
      'revoked',
      `The access token was revoked ${ago(now, row.revoked_at)}${row.revoked_reason ? ` (${row.revoked_reason})` : ''}.`,
      caller,
    )
  if (row.disconnected_at)
    return refuse(
      'revoked',
      `The connection was disconnected in Muster ${ago(now, row.disconnected_at)}.`,
      caller,
    )
  if (row.disabled_at)
    return refuse('disabled', `The service user “${row.service_user_name}” is disabled in Muster.`, caller)
  if (row.expires_at && row.expires_at.getTime() <= now)
    return refuse('expired', `The access token expired ${ago(now, row.expires_at)}.`, caller)
  rememberCaller(caller)
  return { caller }
}

function refuse(reason: Refusal['reason'], detail: string, caller?: Caller): { refusal: Refusal } {
  return { refusal: { reason, detail, caller } }
}

const ago = (now: number, then: Date) => `${spanInWords(now - then.getTime())} ago`
