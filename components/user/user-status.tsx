import { Badge, Status } from '#components/ui/badge'

/** A directory user's state in Muster's words. */
export function UserStatus({ active }: { active: boolean }) {
  return active ? <Status tone="success">Active</Status> : <Status hollow>Deactivated</Status>
}

/** Who keeps this user or group: Okta through a connection, or people in Muster. */
export function ManagedBadge({ source }: { source?: string }) {
  return source ? <Badge>Managed in {source}</Badge> : <Badge tone="info">Not managed by Okta</Badge>
}
