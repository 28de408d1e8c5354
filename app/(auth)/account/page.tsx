import { ShieldCheck } from 'lucide-react'
import { AccountFrame } from '#components/account/account-frame'
import { SessionList } from '#components/account/session-list'
import { ActionForm } from '#components/ui/action-form'
import { Status } from '#components/ui/badge'
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { TimeAgo } from '#components/ui/time-ago'
import { accountOf } from '#lib/auth/account'
import { listSessions } from '#lib/auth/list-sessions'
import { requireMember } from '#lib/auth/require-member'
import { env } from '#lib/platform/env'
import { signOut, signOutEverywhere, signOutOne, signOutOthers } from './actions.ts'
import { PasswordForm } from './password-form.tsx'

export default async function AccountPage() {
  const member = await requireMember('/account')
  const [account, sessions] = await Promise.all([
    accountOf(member.memberId),
    listSessions(member.memberId, Date.now()),
  ])
  return (
    <AccountFrame
      title={member.name}
      description={member.email}
      back={{ href: '/', label: 'Your teams' }}
      signOut={signOut}
    >
      {account.hasPassword && (
        <Card>
          <CardHeader title="Password" description="Changing it signs your other browsers out." />
          <CardBody>
            <PasswordForm email={member.email} />
          </CardBody>
        </Card>
      )}
      <Card>
        <CardHeader
          title="Two-step sign-in"
          description={
            account.hasPassword
              ? 'After the password, a code from an app on your phone.'
              : `You sign in through ${env().OIDC_NAME}, which asks for what it wants.`
          }
          action={
            account.secondFactorSince ? (
              <Status tone="success">On</Status>
            ) : (
              account.hasPassword && <Status hollow>Off</Status>
            )
          }
        />
        {account.hasPassword && (
          <CardBody className="flex flex-wrap items-center justify-between gap-3 text-sm">
            <p className="min-w-0 flex-1 basis-64 text-fg-muted">
              {account.secondFactorSince ? (
                <>
                  Turned on <TimeAgo iso={account.secondFactorSince.toISOString()} />.{' '}
                  {account.recoveryCodesLeft === 1
                    ? '1 recovery code is left.'
                    : `${account.recoveryCodesLeft} recovery codes are left.`}
                </>
              ) : (
                'Whoever learns your password can then still not sign in.'
              )}
            </p>
            <LinkButton href="/account/two-step">
              <ShieldCheck aria-hidden="true" />
              {account.secondFactorSince ? 'Manage' : 'Set up'}
            </LinkButton>
          </CardBody>
        )}
      </Card>
      <Card>
        <CardHeader
          title="Browsers"
          description="Where you are signed in. A session ends after 7 idle days."
        />
        <SessionList
          end={signOutOne}
          sessions={sessions.map((each) => ({
            id: each.id,
            here: each.id === member.sessionId,
            method: each.method === 'oidc' ? env().OIDC_NAME : 'password',
            ip: each.ip ?? undefined,
            userAgent: each.userAgent ?? undefined,
            createdAt: each.createdAt.toISOString(),
            lastSeenAt: each.lastSeenAt.toISOString(),
          }))}
        />
        <CardFooter className="justify-end">
          {sessions.length > 1 && (
            <ActionForm action={signOutOthers} className="flex flex-wrap items-center gap-3">
              <SubmitButton variant="secondary" pending="Signing out…">
                Sign out everywhere else
              </SubmitButton>
            </ActionForm>
          )}
          <form action={signOutEverywhere}>
            <SubmitButton variant="danger-quiet" pending="Signing out…">
              Sign out everywhere
            </SubmitButton>
          </form>
        </CardFooter>
      </Card>
    </AccountFrame>
  )
}
