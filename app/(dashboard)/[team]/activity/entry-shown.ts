import type { Related } from '#components/activity/related-list'
import type { ActivityRow } from '#lib/activity/activity-row'

const ROOMS: Record<string, string> = {
  User: 'users',
  Group: 'groups',
  Role: 'roles',
  Connection: 'connections',
}

type Resource = { type: string; id: string | undefined; name: string | undefined }

/** What an entry is about, with a link to where it lives in the team of that slug. */
export function resourceShown(slug: string | undefined, resource: Resource | undefined) {
  if (!resource?.id && !resource?.name) return undefined
  const room = ROOMS[resource.type]
  return {
    type: resource.type,
    name: resource.name ?? resource.id ?? '',
    href: slug && room && resource.id ? `/${slug}/${room}/${resource.id}` : undefined,
  }
}

/** The other entries about the same resource. */
export function relatedRows(slug: string, id: string, related: readonly ActivityRow[]): Related[] {
  return related
    .filter((row) => row.id !== id)
    .map((row) => ({
      id: row.id,
      href: `/${slug}/activity/${row.id}`,
      at: row.at,
      sentence: `${row.actor.name} ${row.summary}`,
      status: row.request?.status,
    }))
}

/** An attribute's value as a line of text. */
export function inWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
