import { Button } from '#components/ui/button'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LinkButton } from '#components/ui/link-button'
import { TimeAgo } from '#components/ui/time-ago'
import type { ClientDetail } from '#lib/connections/client-detail'
import { endSecret } from '../actions.ts'

export function Secrets({ slug, client, admin }: { slug: string; client: ClientDetail; admin: boolean }) {
  if (!client.confidential)
    return (
      <Card>
        <CardHeader title="No secret" />
        <CardBody className="text-fg-muted text-sm">
          A public client: whoever has the program has its id. It proves by PKCE that the one who redeems a
          code is the one who asked for it.
        </CardBody>
      </Card>
    )
  return (
    <Card>
      <CardHeader
        title={client.secrets.length > 1 ? 'Secrets' : 'Secret'}
        description="Kept as hashes only. A leaked one is replaced here; nobody has to approve again."
        action={
          admin && (
            <LinkButton href={`/${slug}/connections/clients/${client.id}/secret`} size="sm">
              Replace…
            </LinkButton>
          )
        }
      />
      <ul className="text-sm">
        {client.secrets.map((secret) => (
          <li
            key={secret.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-b-0"
          >
            <span>
              <span className="font-mono text-xs">…{secret.hint}</span>
              <span className="text-fg-muted">
                {' '}
                made <TimeAgo iso={secret.createdAt} />
              </span>
            </span>
            <span className="flex items-center gap-3">
              {secret.expiresAt ? (
                <span className="text-warning">
                  ends <TimeAgo iso={secret.expiresAt} />
                </span>
              ) : (
                <span className="text-fg-muted">does not end</span>
              )}
              {admin && client.secrets.length > 1 && (
                <ConfirmDialog
                  trigger={
                    <Button
                      variant="danger-quiet"
                      size="sm"
                      aria-label={`End the secret …${secret.hint} now`}
                    >
                      End…
                    </Button>
                  }
                  title={`End the secret …${secret.hint} now?`}
                  description="Whoever still uses it is refused at the token endpoint from now on. Tokens that were issued go on until they end."
                  confirmLabel="End this secret"
                  pendingLabel="Ending…"
                  action={endSecret.bind(null, slug, client.id, secret.id)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
