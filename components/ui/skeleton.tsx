import { cn } from './cn.tsx'

/** Shown only after 200 ms, so that a fast page never flickers. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      data-slot="skeleton"
      aria-hidden="true"
      className={cn('block h-4 animate-pulse-soft rounded-sm bg-pressed', className)}
    />
  )
}

const widths = ['w-40', 'w-28', 'w-20', 'w-24', 'w-16', 'w-20']

/** The outline of a table while its rows are fetched. */
export function TableSkeleton({ columns, rows = 8 }: { columns: readonly string[]; rows?: number }) {
  return (
    <div role="status" className="animate-appear overflow-hidden rounded-lg border bg-surface">
      <span className="sr-only">Loading…</span>
      <div
        aria-hidden="true"
        className="hidden h-9 items-center gap-6 border-b bg-sunken px-4 text-fg-muted text-xs sm:flex"
      >
        {columns.map((column) => (
          <span key={column} className="flex-1">
            {column}
          </span>
        ))}
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={`row-${row.toString()}`}
          className="flex h-10 items-center gap-6 border-b px-4 last:border-b-0"
        >
          {columns.map((column, index) => (
            <span key={column} className={cn('flex-1', index > 1 && 'max-sm:hidden')}>
              <Skeleton className={cn('max-w-full', widths[(row + index) % widths.length])} />
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}
