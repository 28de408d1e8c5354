import type { Sight } from './places.tsx'
import type { Theme } from './theme.tsx'

export type FrameTeam = { slug: string; name: string }
export type FrameMember = { name: string; email: string }
export type FormAction = (form: FormData) => void | Promise<void>

export type PaletteItem = {
  href: string
  label: string
  /** A second word to tell namesakes apart: a userName, an id. */
  detail?: string
  kind: 'User' | 'Group' | 'Role' | 'Connection' | 'Activity' | 'Page'
}

/** A server action that finds what the palette may jump to. */
export type PaletteSearch = (query: string) => Promise<PaletteItem[]>

export type FrameProps = {
  team: FrameTeam
  /** Every team the member belongs to. */
  teams: readonly FrameTeam[]
  member: FrameMember
  theme: Theme
  setTheme: FormAction
  signOut: FormAction
  search: PaletteSearch
  sight: Sight
  /** Where "Add a team" leads; left out for those who may not. */
  addTeamHref?: string
}
