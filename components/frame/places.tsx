import {
  Activity,
  Cable,
  CircleUserRound,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  Shield,
  UserRound,
  UsersRound,
} from 'lucide-react'

export type Place = { path: string; label: string; icon: LucideIcon; key: string }

/** The rooms of a team, in the sidebar's order; `key` is what follows `g` on the keyboard. */
const rooms: readonly Place[] = [
  { path: '', label: 'Overview', icon: LayoutDashboard, key: 'o' },
  { path: '/connections', label: 'Connections', icon: Cable, key: 'c' },
  { path: '/users', label: 'Users', icon: UserRound, key: 'u' },
  { path: '/groups', label: 'Groups', icon: UsersRound, key: 'g' },
  { path: '/roles', label: 'Roles', icon: Shield, key: 'r' },
  { path: '/activity', label: 'Activity', icon: Activity, key: 'a' },
]
const profile: Place = { path: '/me', label: 'Your profile', icon: CircleUserRound, key: 'm' }
const settings: Place = { path: '/settings', label: 'Settings', icon: Settings, key: 's' }

/** What of a team somebody may see: all of it, or, with access_user, their own entry in the directory only. */
export type Sight = { all: boolean; hasProfile: boolean }

/** Where somebody may go, in the sidebar's order; the settings stand at its foot. */
export function placesFor({ all, hasProfile }: Sight): { upper: readonly Place[]; foot: readonly Place[] } {
  return {
    upper: [...(all ? rooms : []), ...(hasProfile ? [profile] : [])],
    foot: all ? [settings] : [],
  }
}
