import { Monitor, Moon, Sun } from 'lucide-react'
import { cn } from '#components/ui/cn'
import type { FormAction } from './frame-types.tsx'
import type { Theme } from './theme.tsx'

const choices = [
  { theme: 'system', label: 'Follow the system', Icon: Monitor },
  { theme: 'light', label: 'Light', Icon: Sun },
  { theme: 'dark', label: 'Dark', Icon: Moon },
] as const

/** Three submit buttons of one form: works without scripts. */
export function ThemeSwitch({ theme, action }: { theme: Theme; action: FormAction }) {
  return (
    <form action={action}>
      <fieldset className="inline-flex rounded-md border p-px">
        <legend className="sr-only">Theme</legend>
        {choices.map(({ theme: choice, label, Icon }) => (
          <button
            key={choice}
            type="submit"
            name="theme"
            value={choice}
            title={label}
            aria-pressed={theme === choice}
            className={cn(
              'inline-flex size-6 items-center justify-center rounded-[0.3125rem] text-fg-subtle hover:text-fg pointer-coarse:size-9',
              theme === choice && 'bg-pressed text-fg',
            )}
          >
            <Icon aria-hidden="true" className="size-3.5" />
            <span className="sr-only">{label}</span>
          </button>
        ))}
      </fieldset>
    </form>
  )
}
