import type { ReactNode } from 'react'
import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** For a page that is a title and a table: the same columns, so that nothing jumps when they are filled. */
export function PageSkeleton({ title, columns }: { title: string; columns: readonly string[] }) {
  return (
    <Outline title={title}>
      <p className="mb-6 font-semibold text-2xl">{title}</p>
      <Skeleton className="mb-3 h-8 w-72 max-w-full animate-appear" />
      <TableSkeleton columns={columns} />
    </Outline>
  )
}

/** For one thing's page: a name, what is known of it, and the facts beside. */
export function DetailSkeleton({ room }: { room: string }) {
  return (
    <Outline title={room}>
      <div role="status" className="animate-appear">
        <span className="sr-only">Loading…</span>
        <Skeleton className="mb-3 h-8 w-64 max-w-full" />
        <Skeleton className="mb-8 w-40" />
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <div className="h-72 rounded-lg border bg-surface" />
          <div className="grid gap-4">
            {['w-28', 'w-44', 'w-36', 'w-20'].map((width) => (
              <div key={width} className="grid gap-1.5">
                <Skeleton className="h-3 w-16" />
                <Skeleton className={width} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </Outline>
  )
}

function Outline({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <div className="flex h-12 items-center border-b px-4 text-sm md:h-14 md:px-8">{title}</div>
      <div className="mx-auto w-full max-w-[75rem] px-4 py-6 md:px-8 md:py-8">{children}</div>
    </>
  )
}
