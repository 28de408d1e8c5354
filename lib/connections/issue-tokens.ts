import type pg from 'pg'
import type { TokenResponse } from '#lib/oauth/token-response'
import { env } from '#lib/platform/env'
import { newId } from '#lib/platform/ids'
import { makeToken } from './token-format.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** What new tokens are for. */
export type TokenFamily = {
  teamId: string
  familyId: string
  connectionId: string
  serviceUserId: string
  clientId: string
  scope: string
}

const INSERT = `
  INSERT INTO token (team_id, token_hash, id, kind, family_id, connection_id, service_user_id, client_id, scope, hint, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

/** Makes an access token, and a refresh token unless the grant has none; keeps their hashes. RFC 6749 §5.1. */
export async function issueTokens(
  tx: pg.PoolClient,
  family: TokenFamily,
  now: number,
  withRefresh = true,
): Promise<TokenResponse> {
  const lifetime = env().ACCESS_TOKEN_MINUTES * MINUTE
  const insert = async (kind: 'access' | 'refresh', endsAt: number) => {
    const token = makeToken(kind, family.teamId)
    await tx.query(INSERT, [
      family.teamId,
      token.hash,
      newId(),
      kind,
      family.familyId,
      family.connectionId,
      family.serviceUserId,
      family.clientId,
      family.scope,
      token.hint,
      new Date(now),
      new Date(endsAt),
    ])
    return token.text
  }
  return {
    access_token: await insert('access', now + lifetime),
    token_type: 'Bearer',
    expires_in: Math.round(lifetime / 1000),
    ...(withRefresh ? { refresh_token: await insert('refresh', now + env().REFRESH_TOKEN_DAYS * DAY) } : {}),
    scope: family.scope,
  }
}
