import { Bot, Settings2 } from 'lucide-react'
import { cn } from './cn.tsx'

export type ActorKind = 'member' | 'serviceUser' | 'system' | 'unknown'

function initials(name: string): string {
  const words = name
    .replace(/@.*/, '')
    .split(/[\s._-]+/)
    .filter(Boolean)
  const letters =
    words.length > 1 ? `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}` : (words[0] ?? '?').slice(0, 2)
  return letters.toUpperCase()
}

/** Initials for people, an icon for machines. Never a remote image. The name stands beside it. */
export function Avatar({
  name,
  kind = 'member',
  className,
}: {
  name: string
  kind?: ActorKind
  className?: string
}) {
  const Icon = kind === 'serviceUser' ? Bot : kind === 'member' ? null : Settings2
  return (
    <span
      data-slot="avatar"
      aria-hidden="true"
      className={cn(
        'inline-flex size-6 shrink-0 items-center justify-center bg-pressed font-semibold text-[0.625rem] text-fg-muted',
        kind === 'member' ? 'rounded-full' : 'rounded-md',
        className,
      )}
    >
      {Icon ? <Icon className="size-3.5" /> : initials(name)}
    </span>
  )
}
