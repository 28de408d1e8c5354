import { cn } from './cn.tsx'

/** A tile that stands for an OAuth client: a ring for Okta, the first letter for any other. */
export function ClientMark({ name, className }: { name: string; className?: string }) {
  const okta = /^okta\b/i.test(name)
  return (
    <span
      data-slot="client-mark"
      aria-hidden="true"
      className={cn(
        'inline-flex size-6 shrink-0 items-center justify-center rounded-md bg-ink text-on-ink',
        className,
      )}
    >
      {okta ? (
        <svg viewBox="0 0 24 24" aria-hidden="true" className="size-3/5">
          <circle cx="12" cy="12" r="7.5" fill="none" stroke="currentColor" strokeWidth="6" />
        </svg>
      ) : (
        <span className="font-semibold text-xs">{name.slice(0, 1).toUpperCase()}</span>
      )}
    </span>
  )
}
