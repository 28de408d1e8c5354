import { LogOut } from 'lucide-react'
import { Avatar } from '#components/ui/avatar'
import { Button } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { Link } from '#components/ui/link'
import type { FrameProps } from './frame-types.tsx'
import { HelpButton } from './help-button.tsx'
import { NavLinks } from './nav-links.tsx'
import { SIDEBAR_ID } from './sidebar-id.tsx'
import { TeamSwitcher } from './team-switcher.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** A column from 768 px up; below it a sheet: a native popover that the menu button opens, scripts or not. */
export function Sidebar(props: FrameProps) {
  const { team, member, theme, setTheme, signOut, sight } = props
  return (
    <aside
      id={SIDEBAR_ID}
      aria-label="Team and account"
      popover="auto"
      className={cn(
        'flex-col bg-sunken text-fg md:sticky md:top-0 md:z-20 md:flex md:h-dvh md:w-58 md:shrink-0 md:border-r',
        'max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:h-dvh max-md:w-72 max-md:max-w-[85vw] max-md:shadow-float max-md:open:flex',
        'max-md:backdrop:bg-[light-dark(rgb(28_26_23/35%),rgb(0_0_0/60%))]',
      )}
    >
      <div className="p-2">
        <TeamSwitcher {...props} />
      </div>
      <nav
        aria-label={`${team.name} team`}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-2"
      >
        <NavLinks team={team.slug} which="upper" sight={sight} />
        <div className="mt-auto pt-4">
          <NavLinks team={team.slug} which="foot" sight={sight} />
        </div>
      </nav>
      <div className="border-t p-2">
        <div className="flex items-center gap-2.5 px-2 py-1.5">
          <Avatar name={member.name} />
          <div className="min-w-0 flex-1 leading-tight">
            <Link href="/account" className="block truncate font-medium text-sm hover:underline">
              {member.name}
            </Link>
            <p className="truncate text-fg-subtle text-xs" title={member.email}>
              {member.email}
            </p>
          </div>
        </div>
        <div className="flex items-center justify-between px-2 pt-1 pb-0.5">
          <ThemeSwitch theme={theme} action={setTheme} />
          <HelpButton />
          <form action={signOut}>
            <Button type="submit" variant="ghost" size="sm">
              <LogOut aria-hidden="true" />
              Sign out
            </Button>
          </form>
        </div>
      </div>
    </aside>
  )
}
