import { inTransaction } from '#lib/db/transaction'
import { DomainError } from '#lib/platform/domain-error'
import { checkClientName, checkRedirectUris, MAX_REDIRECT_URIS } from './create-client.ts'
import { announceClient, type ClientChange, lockClient, recordClientEvent } from './lock-client.ts'

/** What the approve screen calls a client. Throws DomainError `not_found`, `invalid`. */
export async function renameClient(given: ClientChange & { name: string }): Promise<void> {
  const name = checkClientName(given.name)
  await inTransaction(async (tx) => {
    const before = await lockClient(tx, given)
    if (before.name === name) return
    await tx.query('UPDATE client SET name = $2 WHERE id = $1', [given.clientRowId, name])
    await recordClientEvent(tx, given, {
      action: 'client.rename',
      summary: `renamed the client ${before.name} to ${name}`,
      name,
      detail: { before: before.name, after: name },
    })
  })
  announceClient(given)
}

/**
 * Lets a client lead back to more addresses. `appName`: Okta's, when they were made from it. Returns how many are new.
 * Throws DomainError `not_found`, `invalid` (an address that may not be registered, or too many).
 */
export async function addRedirectUris(
  given: ClientChange & { redirectUris: string[]; appName?: string },
): Promise<number> {
  const uris = checkRedirectUris(given.redirectUris)
  if (uris.length === 0)
    throw new DomainError('invalid', 'Give the app’s name in Okta, or a redirect URI.', {
      field: 'redirectUris',
    })
  const added = await inTransaction(async (tx) => {
    const { name } = await lockClient(tx, given)
    const { rows } = await tx.query<{ uri: string }>(
      `INSERT INTO client_redirect_uri (client_id, uri) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING RETURNING uri`,
      [given.clientRowId, uris],
    )
    const all = await tx.query('SELECT 1 FROM client_redirect_uri WHERE client_id = $1', [given.clientRowId])
    if ((all.rowCount ?? 0) > MAX_REDIRECT_URIS)
      throw new DomainError('invalid', `A client may have at most ${MAX_REDIRECT_URIS} redirect URIs.`, {
        field: 'redirectUris',
      })
    if (given.appName)
      await tx.query('UPDATE client SET app_name = $2 WHERE id = $1', [given.clientRowId, given.appName])
    if (rows.length > 0)
      await recordClientEvent(tx, given, {
        action: 'client.redirect_uri.add',
        summary: `registered ${rows.length} redirect ${rows.length === 1 ? 'URI' : 'URIs'} for the client ${name}`,
        name,
        detail: { added: rows.map(({ uri }) => uri) },
      })
    return rows.length
  })
  announceClient(given)
  return added
}

/** A request that names this address is refused from now on. Removing what is not there does nothing. */
export async function removeRedirectUri(given: ClientChange & { uri: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const { name } = await lockClient(tx, given)
    const removed = await tx.query('DELETE FROM client_redirect_uri WHERE client_id = $1 AND uri = $2', [
      given.clientRowId,
      given.uri,
    ])
    if (removed.rowCount)
      await recordClientEvent(tx, given, {
        action: 'client.redirect_uri.remove',
        summary: `removed a redirect URI of the client ${name}`,
        name,
        detail: { removed: given.uri },
      })
  })
  announceClient(given)
}

/** A disabled client gets no codes and no tokens; those it has work until they are ended. Throws DomainError `not_found`. */
export async function setClientDisabled(
  given: ClientChange & { disabled: boolean; now: number },
): Promise<void> {
  const { disabled } = given
  await inTransaction(async (tx) => {
    const { name } = await lockClient(tx, given)
    await tx.query('UPDATE client SET disabled_at = $2 WHERE id = $1', [
      given.clientRowId,
      disabled ? new Date(given.now) : null,
    ])
    await recordClientEvent(tx, given, {
      action: disabled ? 'client.disable' : 'client.enable',
      summary: `${disabled ? 'disabled' : 'enabled'} the client ${name}`,
      name,
    })
  })
  announceClient(given)
}
