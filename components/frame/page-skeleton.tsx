import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** For loading.tsx of a page that is a title and a table. */
export function PageSkeleton({ title, columns }: { title: string; columns: readonly string[] }) {
  return (
    <>
      <div className="flex h-12 items-center border-b px-4 text-sm md:h-14 md:px-8">{title}</div>
      <div className="mx-auto w-full max-w-[75rem] px-4 py-6 md:px-8 md:py-8">
        <p className="mb-6 font-semibold text-2xl">{title}</p>
        <Skeleton className="mb-3 h-8 w-72 animate-appear" />
        <TableSkeleton columns={columns} />
      </div>
    </>
  )
}
