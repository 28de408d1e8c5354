import {
  Activity,
  Cable,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  Shield,
  UserRound,
  UsersRound,
} from 'lucide-react'

export type Place = { path: string; label: string; icon: LucideIcon; key: string }

/** The rooms of a team, in the sidebar's order; `key` is what follows `g` on the keyboard. */
export const places: readonly Place[] = [
  { path: '', label: 'Overview', icon: LayoutDashboard, key: 'o' },
  { path: '/connections', label: 'Connections', icon: Cable, key: 'c' },
  { path: '/users', label: 'Users', icon: UserRound, key: 'u' },
  { path: '/groups', label: 'Groups', icon: UsersRound, key: 'g' },
  { path: '/roles', label: 'Roles', icon: Shield, key: 'r' },
  { path: '/activity', label: 'Activity', icon: Activity, key: 'a' },
]

export const settingsPlace: Place = { path: '/settings', label: 'Settings', icon: Settings, key: 's' }
