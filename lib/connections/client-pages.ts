import { type EventActor, recordEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { isUuid, newId } from '#lib/platform/ids'
import { makeClientSecret } from './client-secret.ts'

export type ClientSummary = {
  id: string
  clientId: string
  name: string
  createdAt: string
  redirectUris: string[]
  disabled: boolean
  secrets: { hint: string; createdAt: string; expiresAt: string | undefined }[]
}

/** The clients that a team registered. */
export async function teamClients(teamId: string): Promise<ClientSummary[]> {
  const { rows } = await pool().query<{
    id: string
    client_id: string
    name: string
    created_at: Date
    disabled_at: Date | null
    uris: string[]
    secrets: string | null
  }>(
    `SELECT k.id, k.client_id, k.name, k.created_at, k.disabled_at, ARRAY(SELECT uri FROM client_redirect_uri u WHERE u.client_id = k.id ORDER BY uri) AS uris,
       (SELECT json_agg(json_build_object('hint', hint, 'createdAt', created_at, 'expiresAt', expires_at) ORDER BY created_at DESC) FROM client_secret x WHERE x.client_id = k.id AND (expires_at IS NULL OR expires_at > now())) AS secrets
     FROM client k WHERE k.owner_team_id = $1 ORDER BY k.created_at DESC LIMIT 100`,
    [teamId],
  )
  return rows.map((row) => ({
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    redirectUris: row.uris,
    disabled: row.disabled_at !== null,
    secrets: row.secrets
      ? (JSON.parse(row.secrets) as { hint: string; createdAt: string; expiresAt: string | null }[]).map(
          (each) => ({ ...each, expiresAt: each.expiresAt ?? undefined }),
        )
      : [],
  }))
}

/** A new secret now, the ones before it end in two days: a leaked secret is replaced without approving again. */
export async function rotateClientSecret(given: {
  teamId: string
  clientRowId: string
  actor: EventActor
  now: number
}): Promise<{ secret: string }> {
  const secret = makeClientSecret()
  await inTransaction(async (tx) => {
    const name = await ownClient(tx, given)
    await tx.query(
      'UPDATE client_secret SET expires_at = least(coalesce(expires_at, $2), $2) WHERE client_id = $1',
      [given.clientRowId, new Date(given.now + 2 * 86_400_000)],
    )
    await tx.query('INSERT INTO client_secret (id, client_id, secret_hash, hint) VALUES ($1, $2, $3, $4)', [
      newId(given.now),
      given.clientRowId,
      secret.hash,
      secret.hint,
    ])
    await recordEvent(tx, {
      teamId: given.teamId,
      actor: given.actor,
      action: 'client.rotate',
      summary: `made a new secret for the client ${name}; the one before it ends in 2 days`,
      resource: { type: 'Client', id: given.clientRowId, name },
    })
  })
  announce(given.teamId, 'connections')
  return { secret: secret.text }
}

/** A disabled client gets no codes and no tokens; those it has work until they are ended. */
export async function setClientDisabled(given: {
  teamId: string
  clientRowId: string
  disabled: boolean
  actor: EventActor
  now: number
}): Promise<void> {
  await inTransaction(async (tx) => {
    const name = await ownClient(tx, given)
    await tx.query('UPDATE client SET disabled_at = $2 WHERE id = $1', [
      given.clientRowId,
      given.disabled ? new Date(given.now) : null,
    ])
    await recordEvent(tx, {
      teamId: given.teamId,
      actor: given.actor,
      action: given.disabled ? 'client.disable' : 'client.enable',
      summary: `${given.disabled ? 'disabled' : 'enabled'} the client ${name}`,
      resource: { type: 'Client', id: given.clientRowId, name },
    })
  })
  announce(given.teamId, 'connections')
}

async function ownClient(
  tx: { query<R extends object>(text: string, values: unknown[]): Promise<{ rows: R[] }> },
  given: { teamId: string; clientRowId: string },
): Promise<string> {
  const { rows } = isUuid(given.clientRowId)
    ? await tx.query<{ name: string }>(
        'SELECT name FROM client WHERE id = $1 AND owner_team_id = $2 FOR UPDATE',
        [given.clientRowId, given.teamId],
      )
    : { rows: [] }
  if (!rows[0]) throw new DomainError('not_found', 'There is no such client in this team.')
  return rows[0].name
}

export type SetupProgress = {
  clientId: string
  connectionId: string | undefined
  approvedAt: string | undefined
  testedAt: string | undefined
  firstUserAt: string | undefined
  firstGroupAt: string | undefined
}

/** How far the set-up of a team's client has come, as the server saw it. */
export async function setupProgress(teamId: string, clientRowId: string): Promise<SetupProgress | undefined> {
  if (!isUuid(clientRowId)) return undefined
  const { rows } = await pool().query<{
    client_id: string
    id: string | null
    approved_at: Date | null
    tested_at: Date | null
    first_user_at: Date | null
    first_group_at: Date | null
  }>(
    `SELECT k.client_id, c.id, c.approved_at, c.tested_at, c.first_user_at, c.first_group_at FROM client k
     LEFT JOIN LATERAL (SELECT * FROM connection c WHERE c.team_id = $1 AND c.client_id = k.id AND c.disconnected_at IS NULL ORDER BY c.approved_at DESC LIMIT 1) c ON true
     WHERE k.id = $2 AND k.owner_team_id = $1`,
    [teamId, clientRowId],
  )
  const row = rows[0]
  if (!row) return undefined
  const iso = (time: Date | null) => time?.toISOString()
  return {
    clientId: row.client_id,
    connectionId: row.id ?? undefined,
    approvedAt: iso(row.approved_at),
    testedAt: iso(row.tested_at),
    firstUserAt: iso(row.first_user_at),
    firstGroupAt: iso(row.first_group_at),
  }
}
