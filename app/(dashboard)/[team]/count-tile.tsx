import Link from 'next/link'
import { cn } from '#components/ui/cn'

/** One number of the overview, leading to what it counts. */
export function CountTile({
  label,
  value,
  note,
  href,
  alarming = false,
}: {
  label: string
  value: number
  note: string
  href: string
  alarming?: boolean
}) {
  return (
    <Link href={href} className="block rounded-lg border bg-surface px-4 py-3 hover:bg-hover">
      <span className="block text-fg-muted text-sm">{label}</span>
      <span
        className={cn(
          'block font-semibold text-2xl tabular-nums tracking-tight',
          alarming && value > 0 && 'text-danger',
        )}
      >
        {value.toLocaleString('en')}
      </span>
      <span className="block text-fg-subtle text-xs">{note}</span>
    </Link>
  )
}
