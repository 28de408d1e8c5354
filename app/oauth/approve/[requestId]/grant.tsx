import { GrantPermissions } from '#components/approve/grant-permissions'
import type { ApproveView } from '#lib/http/oauth/approve-view'
import { clientShown, switchAccountHref } from './client-shown.ts'

type View = Extract<ApproveView, { kind: 'grant' }>

export function Grant({ view, email, path }: { view: View; email: string; path: string }) {
  const { request, team } = view
  const isNew = 'isNew' in team
  return (
    <GrantPermissions
      page={path}
      action={`${path}/decision`}
      proof={view.proof}
      teamField={isNew ? { name: 'newTeam', value: team.name } : { name: 'teamId', value: team.id }}
      client={clientShown(request)}
      memberEmail={email}
      switchAccountHref={switchAccountHref(path)}
      team={{ name: team.name, role: isNew ? 'Owner' : team.role, isNew }}
      changeTeamHref={view.teams.length > 1 || view.mayAdd ? `${path}?choose=1` : undefined}
      scopes={request.scope.split(' ')}
      redirectUri={request.redirectUri}
      serviceUserName={view.name}
      existing={view.existing}
      connection={view.connection}
      endsAt={request.expiresAt.toISOString()}
    />
  )
}
