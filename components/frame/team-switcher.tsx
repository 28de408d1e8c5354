import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import { Link } from '#components/ui/link'
import { LogoMark } from '#components/ui/logo'
import type { FrameProps } from './frame-types.tsx'

const itemClasses =
  'flex min-h-8 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover pointer-coarse:min-h-10'

/** Native popover: opens without scripts, closes on Esc and on a click elsewhere, and gives focus back. */
export function TeamSwitcher({
  team,
  teams,
  addTeamHref,
}: Pick<FrameProps, 'team' | 'teams' | 'addTeamHref'>) {
  return (
    <>
      <button
        type="button"
        popoverTarget="team-switcher"
        className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover"
      >
        <LogoMark />
        <span className="min-w-0 flex-1 truncate font-semibold">
          <span className="sr-only">Team: </span>
          {team.name}
        </span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-fg-subtle" />
      </button>
      <div
        id="team-switcher"
        popover="auto"
        className="fixed inset-auto top-15 left-3 w-60 rounded-lg border-0 bg-surface p-1 text-fg shadow-float"
      >
        <p className="px-2 py-1.5 text-fg-subtle text-xs">Your teams</p>
        <ul className="max-h-80 overflow-y-auto">
          {teams.map((other) => (
            <li key={other.slug}>
              <Link
                href={`/${other.slug}`}
                aria-current={other.slug === team.slug ? 'true' : undefined}
                className={itemClasses}
              >
                <TeamTile name={other.name} />
                <span className="min-w-0 flex-1 truncate">{other.name}</span>
                {other.slug === team.slug && <Check aria-hidden="true" className="size-4 text-accent" />}
              </Link>
            </li>
          ))}
        </ul>
        {addTeamHref && (
          <div className="mt-1 border-t pt-1">
            <Link href={addTeamHref} className={itemClasses}>
              <Plus aria-hidden="true" className="mx-0.5 size-4 text-fg-subtle" />
              Add a team
            </Link>
          </div>
        )}
      </div>
    </>
  )
}

function TeamTile({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-5 shrink-0 items-center justify-center rounded-sm bg-ink font-semibold text-[0.6875rem] text-on-ink"
    >
      {name.slice(0, 1).toUpperCase()}
    </span>
  )
}
