import { pool, prepared } from '#lib/db/pool'
import { singleton } from '#lib/platform/singleton'
import type { SchemaDefinition } from '#lib/scim/schema/attribute-definition'
import { type Definitions, defineResources, standardDefinitions } from '#lib/scim/schema/resource-types'

/** A team's resource types, and the extension schemas that it registered itself. */
export type TeamDefinitions = Definitions & { extensions: readonly SchemaDefinition[] }

const KEPT_MS = 2_000
const STANDARD: TeamDefinitions = { ...standardDefinitions, extensions: [] }

type Kept = { at: number; value: Promise<TeamDefinitions> }
const keptDefinitions = () => singleton('team-definitions', () => new Map<string, Kept>())
const compiled = new Map<string, TeamDefinitions>()

/**
 * A team's definitions. They change rarely and every request asks for them, so each process keeps them for two
 * seconds; a schema registered meanwhile is known everywhere after that.
 */
export function teamDefinitions(teamId: string): Promise<TeamDefinitions> {
  const kept = keptDefinitions()
  const entry = kept.get(teamId)
  if (entry && performance.now() - entry.at < KEPT_MS) return entry.value
  const value = loadDefinitions(teamId)
  if (kept.size > 10_000) kept.clear()
  kept.set(teamId, { at: performance.now(), value })
  value.catch(() => kept.delete(teamId))
  return value
}

/** Makes this process read a team's schemas anew: after a change of its own. */
export function forgetDefinitions(teamId: string): void {
  keptDefinitions().delete(teamId)
}

const FIND_SCHEMAS =
  'SELECT definition, removed_at IS NOT NULL AS removed FROM extension_schema WHERE team_id = $1 ORDER BY urn'

async function loadDefinitions(teamId: string): Promise<TeamDefinitions> {
  const { rows } = await prepared<{ definition: string; removed: boolean }>(
    pool(),
    'team-schemas',
    FIND_SCHEMAS,
    [teamId],
  )
  if (rows.length === 0) return STANDARD
  const key = rows.map((row) => `${row.removed} ${row.definition}`).join()
  const known = compiled.get(key)
  if (known) return known
  const read = (removed: boolean) =>
    rows.filter((row) => row.removed === removed).map((row) => JSON.parse(row.definition) as SchemaDefinition)
  const extensions = read(false)
  const retired = read(true).map((schema) => schema.id)
  const value: TeamDefinitions = { ...defineResources(extensions, retired), extensions }
  if (compiled.size > 1_000) compiled.clear()
  compiled.set(key, value)
  return value
}
