import { Alert } from '#components/ui/alert'
import { CopyField } from '#components/ui/copy-field'
import { LinkButton } from '#components/ui/link-button'
import { TimeAgo } from '#components/ui/time-ago'

/** What a client's own form asks for, with its secret, this once. */
export function ClientCredentials({
  endpoints,
  clientId,
  secret,
  othersEndAt,
  href,
}: {
  endpoints?: { scimBaseUrl: string; authorizationEndpoint: string; tokenEndpoint: string }
  clientId?: string
  /** Empty for a public client. */
  secret: string
  othersEndAt?: string
  href: string
}) {
  return (
    <div className="grid gap-4">
      {secret && (
        <Alert tone="warning" live title="Copy the secret now: it is shown once">
          Muster keeps only its hash. A lost secret is replaced, never read again.
          {othersEndAt && (
            <>
              {' '}
              The one before it ends <TimeAgo iso={othersEndAt} />; connections and their tokens go on.
            </>
          )}
        </Alert>
      )}
      {endpoints && (
        <>
          <CopyField label="SCIM base URL" value={endpoints.scimBaseUrl} />
          <CopyField label="Authorization endpoint" value={endpoints.authorizationEndpoint} />
          <CopyField label="Token endpoint" value={endpoints.tokenEndpoint} />
        </>
      )}
      {clientId && <CopyField label="Client id" value={clientId} />}
      {secret && <CopyField label="Client secret" value={secret} />}
      <div>
        <LinkButton href={href} variant="primary">
          {secret ? 'I have copied it' : 'Open the client'}
        </LinkButton>
      </div>
    </div>
  )
}
