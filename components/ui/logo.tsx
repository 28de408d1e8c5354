import { cn } from './cn.tsx'

/** The mark: an M whose middle stroke is a tick, as on a roll call. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <rect width="24" height="24" rx="6" className="fill-accent-solid" />
      <path
        d="M5.5 18V8.2l5 5.6 8-8.3V18"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span data-slot="logo" className={cn('inline-flex items-center gap-2', className)}>
      <LogoMark />
      <span className="font-semibold text-lg tracking-tight">Muster</span>
    </span>
  )
}
