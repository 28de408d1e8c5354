import { Badge, Status } from '#components/ui/badge'

/** A directory user's state in Muster's words. */
export function UserStatus({ active }: { active: boolean }) {
  return active ? <Status tone="success">Active</Status> : <Status hollow>Deactivated</Status>
}

/** Who keeps this user or group: Okta through a connection, or people in Muster. */
export function ManagedBadge({ source, ended }: { source?: string; ended?: boolean }) {
  if (!source) return <Badge tone="info">Not managed by Okta</Badge>
  return ended ? (
    <Badge tone="info">Managed in {source} until it was disconnected</Badge>
  ) : (
    <Badge>Managed in {source}</Badge>
  )
}
