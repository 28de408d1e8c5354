import { Code } from '#components/ui/code'

/** What a role means in Muster itself; the roles' own descriptions say what each permits. */
export function RoleEffects() {
  return (
    <p className="border-t bg-sunken px-4 py-2.5 text-fg-muted text-xs leading-5">
      In Muster, people who sign in through your identity provider may do what the most permissive of their
      roles says: <Code>access_admin</Code> before <Code>reporting_user</Code> before <Code>access_user</Code>
      . Roles that you define yourself do nothing here: they are for your own systems, which find them over
      SCIM under <Code>/Roles</Code>.
    </p>
  )
}
