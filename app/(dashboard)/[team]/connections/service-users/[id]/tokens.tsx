import { TokenTable } from '#components/service-user/token-table'
import { Button } from '#components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import type { TokenSummary } from '#lib/connections/live-tokens'
import type { ServiceUserConnection, ServiceUserDetail } from '#lib/connections/service-user-detail'
import { expireAll, expireOne } from '../actions.ts'

type Props = {
  slug: string
  serviceUser: ServiceUserDetail
  /** The one that lives; none: every one was disconnected. */
  connection: ServiceUserConnection | undefined
  admin: boolean
  now: number
}

export function Tokens({ slug, serviceUser, connection, admin, now }: Props) {
  const { id, tokens } = serviceUser
  const mayMake = admin && connection !== undefined && !serviceUser.disabledAt
  const pasted = !connection?.client || tokens.some(({ kind }) => kind === 'static')
  return (
    <Card>
      <CardHeader
        title="Tokens"
        description="Kept as hashes only; each is known by its last four characters."
        action={
          mayMake &&
          pasted && (
            <LinkButton href={`/${slug}/connections/service-users/${id}/token`} size="sm">
              {tokens.some(({ kind }) => kind === 'static') ? 'Rotate…' : 'New token…'}
            </LinkButton>
          )
        }
      />
      {tokens.length === 0 ? (
        <EmptyState title="No live token">
          {connection
            ? connection.client
              ? 'Authenticate again in Okta, and choose to replace the tokens of this service user.'
              : 'Make a new token and paste it into the client.'
            : 'Its connection was disconnected. To connect again, authenticate in Okta or make another service user.'}
        </EmptyState>
      ) : (
        <TokenTable
          now={now}
          tokens={tokens.map((token) => ({
            ...token,
            end: admin && <EndToken slug={slug} id={id} token={token} />,
          }))}
        />
      )}
      {connection?.client && tokens.length > 0 && (
        <CardBody className="border-t text-fg-muted text-sm">
          {connection.client.name} renews these by itself whenever it has something to send. To replace them
          all, authenticate again there and choose “Replace the tokens of {serviceUser.name}”.
        </CardBody>
      )}
      {admin && tokens.length > 0 && (
        <CardFooter className="justify-end">
          {connection?.client && tokens.some(({ kind }) => kind === 'access') && (
            <ConfirmDialog
              trigger={<Button size="sm">Expire access tokens…</Button>}
              title="Expire the access tokens?"
              description={`The next request with one is refused; ${connection.client.name} then gets a new one with its refresh token, and goes on.`}
              confirmLabel="Expire access tokens"
              pendingLabel="Expiring…"
              danger={false}
              action={expireAll.bind(null, slug, id, 'access')}
            />
          )}
          <ConfirmDialog
            trigger={
              <Button variant="danger-quiet" size="sm">
                Expire now…
              </Button>
            }
            title={`Expire all tokens of ${serviceUser.name}?`}
            description={`The very next request is refused. ${
              connection?.client
                ? `Nothing arrives until somebody authenticates again in ${connection.client.name}.`
                : 'Nothing arrives until a new token is made and pasted into the client.'
            }`}
            confirmLabel="Expire all tokens"
            pendingLabel="Expiring…"
            action={expireAll.bind(null, slug, id, undefined)}
          />
        </CardFooter>
      )}
    </Card>
  )
}

function EndToken({ slug, id, token }: { slug: string; id: string; token: TokenSummary }) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" size="sm" aria-label={`End the token …${token.hint} now`}>
          End…
        </Button>
      }
      title={`End the token …${token.hint} now?`}
      description="The very next request with it is refused. The other tokens go on."
      confirmLabel="End this token"
      pendingLabel="Ending…"
      action={expireOne.bind(null, slug, id, token.id)}
    />
  )
}
