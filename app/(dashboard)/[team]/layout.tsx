import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppFrame } from '#components/frame/app-frame'
import { readTheme, THEME_COOKIE } from '#components/frame/theme'
import { mayAddTeamNow, requireTeam, teamsOf } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { searchTeam, setTheme, signOut } from './frame-actions.ts'

export default async function TeamLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ team: string }>
}) {
  const { team: slug } = await params
  const { member, team, access, directoryUserId } = await requireTeam(slug, 'self')
  const teams = (await teamsOf(member)).map((each) => ({ slug: each.team.slug, name: each.team.name }))
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <AppFrame
      team={{ slug: team.slug, name: team.name }}
      teams={teams}
      member={{ name: member.name, email: member.email }}
      theme={theme}
      setTheme={setTheme}
      signOut={signOut}
      search={searchTeam.bind(null, team.slug)}
      sight={{ all: allows(access, 'reviewer'), hasProfile: directoryUserId !== undefined }}
      addTeamHref={(await mayAddTeamNow(member)) ? '/teams/new' : undefined}
    >
      {children}
    </AppFrame>
  )
}
