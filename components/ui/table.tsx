import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Link } from './link.tsx'

/**
 * A real table from 640 px up; below it each row becomes a list item of two lines: the primary cell with the aside
 * at its right, then the meta cells. The same data, no sideways scroll.
 */
export function Table({
  caption,
  className,
  children,
}: {
  /** Said to screen readers: what the table holds. */
  caption: string
  className?: string
  children: ReactNode
}) {
  return (
    <table
      data-slot="table"
      className={cn('block w-full border-separate border-spacing-0 text-left text-sm sm:table', className)}
    >
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead data-slot="table-head" className="sr-only sm:not-sr-only sm:table-header-group">
      <tr>{children}</tr>
    </thead>
  )
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody data-slot="table-body" className={cn('block sm:table-row-group', className)} {...props} />
}

const headCell =
  'h-9 whitespace-nowrap border-b bg-sunken px-3 font-medium text-fg-muted text-xs first:pl-4 last:pr-4 sm:sticky sm:top-(--table-top,0px) sm:z-1'

export function Th({
  align,
  className,
  ...props
}: Omit<ComponentProps<'th'>, 'align'> & { align?: 'right' }) {
  return (
    <th
      data-slot="th"
      scope="col"
      className={cn(headCell, align === 'right' && 'text-right', className)}
      {...props}
    />
  )
}

/** A header that sorts by being a link: the order lives in the URL, so Back restores it. */
export function SortTh({
  href,
  direction,
  align,
  children,
}: {
  href: string
  /** How the table is sorted by this column now, if it is. */
  direction?: 'ascending' | 'descending'
  align?: 'right'
  children: ReactNode
}) {
  const Icon = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown
  return (
    <Th align={align} aria-sort={direction}>
      <Link
        href={href}
        scroll={false}
        className={cn(
          'group -mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-pressed hover:text-fg',
          direction && 'text-fg',
          align === 'right' && 'flex-row-reverse',
        )}
      >
        {children}
        <Icon
          aria-hidden="true"
          className={cn(
            'size-3',
            !direction && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        />
      </Link>
    </Th>
  )
}

/**
 * A row. `live` names it and `version` says which state of it this is: one that a live update brought or changed fades
 * its background once (LiveFade).
 */
export function Tr({
  live,
  version,
  className,
  ...props
}: ComponentProps<'tr'> & { live?: string; version?: string }) {
  return (
    <tr
      data-slot="tr"
      data-live={live}
      data-version={version}
      className={cn(
        'group/row hover:bg-hover/60 has-[a[aria-current=true]]:bg-accent-soft',
        'max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:border-b max-sm:px-4 max-sm:py-2.5 max-sm:last:border-b-0',
        "max-sm:before:order-3 max-sm:before:h-0 max-sm:before:basis-full max-sm:before:content-['']",
        className,
      )}
      {...props}
    />
  )
}

const places = {
  primary: 'max-sm:order-1 max-sm:min-w-0 max-sm:grow max-sm:basis-0 sm:w-full sm:min-w-44 sm:max-w-0',
  aside: 'sm:whitespace-nowrap max-sm:order-2 max-sm:shrink-0',
  meta: 'sm:whitespace-nowrap max-sm:order-4 max-sm:text-fg-subtle max-sm:text-xs',
  wide: 'max-sm:order-5 max-sm:basis-full max-sm:text-fg-subtle max-sm:text-xs',
  hidden: 'sm:whitespace-nowrap max-sm:hidden',
} as const

/**
 * A cell. `place` says where it goes on a narrow screen; `label` is the column's word there ("Groups 3").
 */
export function Td({
  place = 'meta',
  label,
  align,
  className,
  children,
  ...props
}: Omit<ComponentProps<'td'>, 'align'> & { place?: keyof typeof places; label?: string; align?: 'right' }) {
  return (
    <td
      data-slot="td"
      className={cn(
        'sm:h-10 sm:border-b sm:px-3 sm:py-1.5 sm:align-middle sm:first:pl-4 sm:last:pr-4 sm:group-last/row:border-b-0',
        places[place],
        align === 'right' && 'sm:text-right',
        className,
      )}
      {...props}
    >
      {label && <span className="sm:hidden">{label} </span>}
      {children}
    </td>
  )
}
