import { Alert } from '#components/ui/alert'
import { CopyField } from '#components/ui/copy-field'
import { Disclosure } from '#components/ui/disclosure'
import { LinkButton } from '#components/ui/link-button'
import { TimeAgo } from '#components/ui/time-ago'

/** A token's text, this once, in each form in which clients ask for it. */
export function NewToken({
  token,
  name,
  scimBaseUrl,
  href,
  othersEndAt,
}: {
  token: string
  /** The service user's. */
  name: string
  scimBaseUrl: string
  href: string
  othersEndAt?: string
}) {
  return (
    <div className="grid gap-4">
      <Alert tone="warning" live title="Copy the token now: it is shown once">
        Muster keeps only its hash. A lost token is replaced, never read again.
        {othersEndAt && (
          <>
            {' '}
            The one before it ends <TimeAgo iso={othersEndAt} />.
          </>
        )}
      </Alert>
      <CopyField label="SCIM connector base URL" value={scimBaseUrl} />
      <CopyField
        label="Token"
        value={token}
        description="In Okta: authentication mode HTTP Header, field Authorization. Muster takes it with and without the word Bearer before it."
      />
      <Disclosure summary="For clients that use Basic authentication">
        <div className="grid gap-4 pt-1">
          <CopyField label="User name" value={name} />
          <CopyField label="Password" value={token} description="The same token." />
        </div>
      </Disclosure>
      <div>
        <LinkButton href={href} variant="primary">
          I have copied it
        </LinkButton>
      </div>
    </div>
  )
}
