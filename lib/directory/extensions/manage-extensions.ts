import { type EventActor, eventValues, insertEvent } from '#lib/activity/record-event'
import { pool } from '#lib/db/pool'
import { announce } from '#lib/live/announce'
import { DomainError } from '#lib/platform/domain-error'
import { MAX_EXTENSION_SCHEMAS, parseExtensionSchema } from '#lib/scim/schema/parse-extension-schema'
import { ScimError } from '#lib/scim/scim-error'
import { forgetDefinitions } from '../definitions.ts'

export type ExtensionSummary = { urn: string; name: string; attributes: string[] }

/** The extension schemas that a team registered. */
export async function extensionSummaries(teamId: string): Promise<ExtensionSummary[]> {
  const { rows } = await pool().query<{ urn: string; definition: string }>(
    'SELECT urn, definition FROM extension_schema WHERE team_id = $1 AND removed_at IS NULL ORDER BY urn',
    [teamId],
  )
  return rows.map((row) => {
    const definition = JSON.parse(row.definition) as { name: string; attributes: { name: string }[] }
    return {
      urn: row.urn,
      name: definition.name,
      attributes: definition.attributes.map((attribute) => attribute.name),
    }
  })
}

/**
 * Registers an extension of User from its JSON (RFC 7643 §7), or replaces the one with its URN. Throws DomainError `invalid`,
 * and `conflict` for one more than a team may have, or for a URN that is there in another spelling: it has no case in
 * SCIM (RFC 7644 §3.10), and what users have stored is found by the spelling.
 */
export async function registerExtension(
  teamId: string,
  json: string,
  actor: EventActor,
): Promise<{ urn: string }> {
  const schema = readSchema(json)
  const { rows } = await pool().query<{ others: number; twin: string | null }>(
    `SELECT count(*) FILTER (WHERE removed_at IS NULL)::int AS others,
       max(urn) FILTER (WHERE lower(urn) = lower($2)) AS twin
     FROM extension_schema WHERE team_id = $1 AND urn <> $2`,
    [teamId, schema.id],
  )
  const { others = 0, twin = null } = rows[0] ?? {}
  if (twin)
    throw new DomainError(
      'conflict',
      `This team has, or had, the URN in another spelling: ${twin}. Use that one.`,
    )
  if (others >= MAX_EXTENSION_SCHEMAS)
    throw new DomainError(
      'conflict',
      `A team may have ${MAX_EXTENSION_SCHEMAS} extension schemas. Remove one first.`,
    )
  await pool().query(
    `WITH made AS (INSERT INTO extension_schema (team_id, urn, definition, updated_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (team_id, urn) DO UPDATE SET definition = $3, updated_at = now(), removed_at = NULL RETURNING urn) ${insertEvent(4, 'FROM made')}`,
    [
      teamId,
      schema.id,
      JSON.stringify(schema),
      ...eventValues({
        teamId,
        actor,
        action: 'schema.register',
        summary: `registered the schema ${schema.id}`,
      }),
    ],
  )
  forgetDefinitions(teamId)
  announce(teamId, 'settings')
  return { urn: schema.id }
}

/**
 * Removes a schema. What users have stored under it stays stored, and is no longer shown, filtered or changed, until the
 * schema is registered again.
 */
export async function removeExtension(teamId: string, urn: string, actor: EventActor): Promise<void> {
  const { rowCount } = await pool().query(
    `WITH gone AS (UPDATE extension_schema SET removed_at = now() WHERE team_id = $1 AND urn = $2 AND removed_at IS NULL RETURNING urn) ${insertEvent(3, 'FROM gone')}`,
    [
      teamId,
      urn,
      ...eventValues({ teamId, actor, action: 'schema.remove', summary: `removed the schema ${urn}` }),
    ],
  )
  if (rowCount === 0) throw new DomainError('not_found', 'There is no such schema in this team.')
  forgetDefinitions(teamId)
  announce(teamId, 'settings')
}

function readSchema(json: string) {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new DomainError('invalid', `This is not JSON: ${(cause as Error).message}.`, {
      field: 'definition',
    })
  }
  try {
    return parseExtensionSchema(value)
  } catch (cause) {
    if (cause instanceof ScimError) throw new DomainError('invalid', cause.detail, { field: 'definition' })
    throw cause
  }
}
