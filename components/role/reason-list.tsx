import { Shield } from 'lucide-react'
import { TextLink } from '#components/ui/text-link'

export type RoleWithReasons = {
  id: string
  name: string
  href?: string
  /** What it permits, in words. */
  permits: string
  /** The groups it comes through. */
  through: { name: string; href?: string }[]
  /** The identity provider assigned the role itself. */
  assigned?: boolean
}

/** A user's roles, each with why they have it: "through Ops Admins". */
export function RoleReasons({ roles }: { roles: readonly RoleWithReasons[] }) {
  return (
    <ul className="text-sm">
      {roles.map((role) => (
        <li key={role.id} className="flex items-start gap-3 border-b px-4 py-2.5 last:border-b-0">
          <Shield aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-fg-subtle" />
          <div className="min-w-0">
            <p className="[overflow-wrap:anywhere]">
              {role.href ? (
                <TextLink quiet href={role.href} className="font-mono text-xs">
                  {role.name}
                </TextLink>
              ) : (
                <span className="font-medium font-mono text-xs">{role.name}</span>
              )}
              <Reasons role={role} />
            </p>
            {role.permits && <p className="text-fg-subtle text-xs">{role.permits}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Reasons({ role }: { role: RoleWithReasons }) {
  return (
    <>
      {role.through.length > 0 && <span className="text-fg-muted"> through </span>}
      {role.through.map((group, index) => (
        <span key={group.href ?? group.name}>
          {index > 0 && ', '}
          {group.href ? <TextLink href={group.href}>{group.name}</TextLink> : group.name}
        </span>
      ))}
      {role.assigned && (
        <span className="text-fg-muted">{role.through.length > 0 ? ', and ' : ' '}assigned in Okta</span>
      )}
    </>
  )
}
