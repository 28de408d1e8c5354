import { Alert } from '#components/ui/alert'
import { LinkButton } from '#components/ui/link-button'

/** All steps are ticked: what to look at now. */
export function NextSteps({ slug, connectionHref }: { slug: string; connectionHref?: string }) {
  return (
    <Alert
      tone="success"
      live
      title="Okta is connected, and pushes"
      action={
        <>
          <LinkButton href={`/${slug}/groups`} size="sm">
            See the groups
          </LinkButton>
          <LinkButton href={`/${slug}/roles`} size="sm">
            Give them roles
          </LinkButton>
          {connectionHref && (
            <LinkButton href={connectionHref} size="sm">
              Open the connection
            </LinkButton>
          )}
        </>
      }
    >
      Next: say by a rule which roles a pushed group gives, assign the rest of your people in Okta, and push
      the rest of your groups. Use other groups for pushing than for assigning: Okta does not support the same
      one for both.
    </Alert>
  )
}
