import type pg from 'pg'
import { recordEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { checkCodeVerifier } from '#lib/oauth/code-challenge'
import { OAuthError } from '#lib/oauth/oauth-error'
import { newId } from '#lib/platform/ids'
import { issueTokens } from './issue-tokens.ts'
import { leaveNotice, lockConnection, revokeConnectionTokens, revokeFamily } from './revoke-tokens.ts'
import { parseToken } from './token-format.ts'
import type { Attribution, GrantOutcome } from './token-grant.ts'
import { spanInWords } from './words-for-time.ts'

type CodeRow = {
  client_id: string
  connection_id: string
  service_user_id: string
  redirect_uri: string
  redirect_uri_given: boolean
  scope: string
  code_challenge: string | null
  replaces_tokens: boolean
  expires_at: Date
  redeemed_at: Date | null
  family_id: string | null
}
const FIND = `SELECT * FROM authorization_code WHERE team_id = $1 AND code_hash = $2`

/**
 * RFC 6749 §4.1.3: exchanges a code for tokens, once. Presented again, by the client it was made for, the tokens it
 * led to are revoked (§4.1.2): one of the two who hold the code stole it.
 */
export async function redeemCode(given: {
  code: string
  clientId: string
  redirectUri: string | undefined
  codeVerifier: string | undefined
  now: number
}): Promise<GrantOutcome> {
  const parsed = parseToken(given.code)
  const unknown = () => ({
    refused: new OAuthError('invalid_grant', 'The code is not one that was issued here.'),
  })
  if (parsed?.kind !== 'code') return unknown()
  const { teamId, hash } = parsed
  const seen = (await pool().query<CodeRow>(FIND, [teamId, hash])).rows[0]
  if (!seen) return unknown()
  const outcome = await inTransaction(async (tx) => {
    const connection = await lockConnection(tx, teamId, seen.connection_id)
    const code = (await tx.query<CodeRow>(`${FIND} FOR UPDATE`, [teamId, hash])).rows[0]
    if (!connection || !code) return unknown()
    const attribution: Attribution = {
      teamId,
      connectionId: code.connection_id,
      serviceUserId: code.service_user_id,
      name: connection.name,
    }
    const refused = await refusal(tx, teamId, code, given, connection)
    if (refused) return { attribution, refused }
    const familyId = newId()
    await tx.query(
      `UPDATE authorization_code SET redeemed_at = $3, family_id = $4 WHERE team_id = $1 AND code_hash = $2`,
      [teamId, hash, new Date(given.now), familyId],
    )
    // Approve clicked twice made two codes for one approval: it leads to one family.
    await tx.query(
      `UPDATE authorization_code SET expires_at = least(expires_at, $3)
       WHERE team_id = $1 AND connection_id = $2 AND redeemed_at IS NULL`,
      [teamId, code.connection_id, new Date(given.now)],
    )
    const notes: string[] = []
    if (code.replaces_tokens) {
      const ended = await revokeConnectionTokens(
        tx,
        teamId,
        code.connection_id,
        'replaced by a new approval',
        given.now,
      )
      await tx.query(`UPDATE connection SET notice = NULL, notice_at = NULL WHERE team_id = $1 AND id = $2`, [
        teamId,
        code.connection_id,
      ])
      notes.push(`Replaced ${ended} earlier ${ended === 1 ? 'token' : 'tokens'}.`)
    }
    const tokens = await issueTokens(
      tx,
      {
        teamId,
        familyId,
        connectionId: code.connection_id,
        serviceUserId: code.service_user_id,
        clientId: code.client_id,
        scope: code.scope,
      },
      given.now,
    )
    return { attribution, tokens, notes }
  })
  announce(teamId, 'connections')
  return outcome
}

async function refusal(
  tx: pg.PoolClient,
  teamId: string,
  code: CodeRow,
  given: { clientId: string; redirectUri: string | undefined; codeVerifier: string | undefined; now: number },
  connection: { name: string; usable: boolean; whyNot: string },
): Promise<OAuthError | undefined> {
  const { now } = given
  if (code.client_id !== given.clientId)
    return new OAuthError('invalid_grant', 'The code was issued to another client.')
  if (code.redeemed_at) {
    await revokeAfterReuse(tx, teamId, code, connection.name, now)
    return new OAuthError('invalid_grant', 'The code was used before; the tokens it led to are revoked.')
  }
  if (code.expires_at.getTime() <= now)
    return new OAuthError(
      'invalid_grant',
      `The code expired ${spanInWords(now - code.expires_at.getTime())} ago. Authenticate again.`,
    )
  // Named in the authorization request, it must be named here, and be the same (RFC 6749 §4.1.3).
  if (given.redirectUri === undefined ? code.redirect_uri_given : given.redirectUri !== code.redirect_uri)
    return new OAuthError('invalid_grant', 'redirect_uri is not the one of the authorization request.')
  try {
    checkCodeVerifier(code.code_challenge, given.codeVerifier)
  } catch (cause) {
    if (cause instanceof OAuthError) return cause
    throw cause
  }
  return connection.usable ? undefined : new OAuthError('invalid_grant', connection.whyNot)
}

async function revokeAfterReuse(
  tx: pg.PoolClient,
  teamId: string,
  code: CodeRow,
  name: string,
  now: number,
): Promise<void> {
  if (!code.family_id) return
  const ended = await revokeFamily(tx, teamId, code.family_id, 'its code was presented twice', now)
  if (ended === 0) return
  await leaveNotice(
    tx,
    teamId,
    code.connection_id,
    'An authorization code was presented twice, so the tokens it led to were revoked. Somebody may have seen it. ' +
      'Authenticate again in Okta.',
    now,
  )
  await recordEvent(tx, {
    teamId,
    actor: { kind: 'muster', name: 'Muster' },
    action: 'token.reuse',
    summary: `revoked ${ended} tokens of ${name}: an authorization code was presented twice`,
    resource: { type: 'Connection', id: code.connection_id, name },
  })
}
