import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonVariants } from './button.tsx'
import { LinkButton } from './link-button.tsx'

/** Previous and next by cursor. A missing href shows the button switched off, so that nothing jumps. */
export function Pagination({
  summary,
  previousHref,
  nextHref,
}: {
  /** "1–50 of 1,204 users" */
  summary: ReactNode
  previousHref?: string
  nextHref?: string
}) {
  return (
    <nav
      data-slot="pagination"
      aria-label="Pages"
      className="flex items-center justify-between gap-3 border-t max-sm:justify-end px-4 py-2 text-fg-muted text-sm"
    >
      <p className="tabular-nums max-sm:sr-only">{summary}</p>
      <div className="flex gap-1.5">
        <PageLink href={previousHref} rel="prev">
          <ChevronLeft aria-hidden="true" />
          Previous
        </PageLink>
        <PageLink href={nextHref} rel="next">
          Next
          <ChevronRight aria-hidden="true" />
        </PageLink>
      </div>
    </nav>
  )
}

function PageLink({ href, rel, children }: { href?: string; rel: 'prev' | 'next'; children: ReactNode }) {
  if (!href) {
    return (
      <span
        aria-hidden="true"
        className={buttonVariants({
          size: 'sm',
          className: 'bg-transparent text-fg-subtle hover:bg-transparent',
        })}
      >
        {children}
      </span>
    )
  }
  return (
    <LinkButton href={href} rel={rel} size="sm">
      {children}
    </LinkButton>
  )
}
