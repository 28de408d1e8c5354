'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { PaletteItem } from '#components/frame/frame-types'
import { readTheme, THEME_COOKIE } from '#components/frame/theme'
import { hasEntry } from '#lib/activity/has-entry'
import { cookieOptions } from '#lib/auth/cookies'
import { requireTeam } from '#lib/auth/require-member'
import { signOutHere } from '#lib/auth/sign-out'
import { allows } from '#lib/auth/signed-in'
import { findAnything } from '#lib/directory/pages/find-anything'
import { isUuid } from '#lib/platform/ids'

const YEAR_SECONDS = 365 * 24 * 3600
const ROOMS = { User: 'users', Group: 'groups', Role: 'roles', Connection: 'connections' } as const

export async function setTheme(form: FormData): Promise<void> {
  const theme = readTheme(String(form.get('theme')))
  ;(await cookies()).set(THEME_COOKIE, theme, cookieOptions(YEAR_SECONDS))
}

export async function signOut(): Promise<void> {
  await signOutHere()
  redirect('/sign-in')
}

/** What the palette may jump to. People with access to their own profile only find nothing else. */
export async function searchTeam(slug: string, query: string): Promise<PaletteItem[]> {
  const { team, access } = await requireTeam(slug, 'self')
  if (!allows(access, 'reviewer')) return []
  const text = String(query).slice(0, 200).trim()
  const [found, isEntry] = await Promise.all([
    findAnything(team.id, text),
    isUuid(text) && hasEntry(team.id, text.toLowerCase()),
  ])
  const items: PaletteItem[] = found.map((each) => ({
    href: `/${slug}/${ROOMS[each.kind]}/${each.id}`,
    label: each.label,
    detail: each.detail ?? undefined,
    kind: each.kind,
  }))
  if (isEntry) items.push({ href: `/${slug}/activity/${text}`, label: `Entry ${text}`, kind: 'Activity' })
  return items
}
