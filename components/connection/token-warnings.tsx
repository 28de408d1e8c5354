import { Alert } from '#components/ui/alert'
import { LinkButton } from '#components/ui/link-button'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'

/** A connection whose last token ends soon, or has ended. */
export type TokenWarning = {
  id: string
  connection: string
  /** Where it is mended. */
  href: string
  state: 'ending' | 'ended'
  /** ISO 8601 */
  endsAt: string
  /** A refresh token is renewed by authenticating again in Okta, a static one by a new token. */
  credential: 'refresh' | 'static'
  /** Where a new static token is made; none for those who may not. */
  rotateHref?: string
}

const MOST = 3

/** What to do before Okta is cut off, the most pressing first. */
export function TokenWarnings({
  warnings,
  className,
}: {
  warnings: readonly TokenWarning[]
  className?: string
}) {
  if (warnings.length === 0) return null
  return (
    <div className={className ?? 'mb-6 grid gap-3'}>
      {warnings.slice(0, MOST).map((warning) => (
        <Alert
          key={warning.id}
          tone={warning.state === 'ended' ? 'danger' : 'warning'}
          title={
            <>
              {warning.credential === 'refresh' ? 'The approval of ' : 'The token of '}
              <TextLink href={warning.href}>{warning.connection}</TextLink>{' '}
              {warning.state === 'ended' ? 'ended ' : 'ends '}
              <TimeAgo iso={warning.endsAt} />
            </>
          }
          action={
            warning.credential === 'static' &&
            warning.rotateHref && (
              <LinkButton href={warning.rotateHref} size="sm">
                Make a new token
              </LinkButton>
            )
          }
        >
          {words(warning)}
        </Alert>
      ))}
      {warnings.length > MOST && (
        <p className="text-fg-muted text-sm">
          And {warnings.length - MOST} more, in the list of connections.
        </p>
      )}
    </div>
  )
}

function words({ state, credential }: TokenWarning): string {
  if (credential === 'static')
    return state === 'ended'
      ? 'Nothing arrives any more. Make a new token and paste it where the old one was.'
      : 'Make a new token and paste it where the old one is; both work in between.'
  return state === 'ended'
    ? 'Nothing arrives any more. In Okta, open Provisioning → Integration and authenticate again; here, choose to replace the tokens.'
    : 'It is renewed whenever Okta sends something, which it has not done for long. If nothing is due, authenticate again in Okta and choose to replace the tokens here.'
}
