import { randomBytes } from 'node:crypto'
import { hashToken } from '#lib/connections/token-format'
import { pool } from '#lib/db/pool'
import { env } from '#lib/platform/env'

/**
 * The one-time address at which the first admin is made, or null when somebody signs in already. Each start makes a new
 * one; the one before it ends. Only its hash is kept.
 */
export async function ensureSetupLink(): Promise<string | null> {
  const token = randomBytes(24).toString('base64url')
  const { rows } = await pool().query(
    `INSERT INTO setup_link AS s (id, token_hash) SELECT 1, $1 WHERE NOT EXISTS (SELECT 1 FROM member)
     ON CONFLICT (id) DO UPDATE SET token_hash = $1 WHERE s.consumed_at IS NULL RETURNING id`,
    [hashToken(token)],
  )
  return rows.length === 0 ? null : `${env().PUBLIC_URL}/setup?token=${token}`
}

/** Whether the link still opens the set-up. */
export async function isSetupToken(token: string): Promise<boolean> {
  const { rows } = await pool().query(
    'SELECT 1 FROM setup_link WHERE token_hash = $1 AND consumed_at IS NULL AND NOT EXISTS (SELECT 1 FROM member)',
    [hashToken(token)],
  )
  return rows.length > 0
}

/** Whether nobody can sign in yet. */
export async function awaitsSetup(): Promise<boolean> {
  const { rows } = await pool().query('SELECT 1 FROM member LIMIT 1')
  return rows.length === 0
}
