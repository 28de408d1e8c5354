import { ChevronRight } from 'lucide-react'
import { Link } from './link.tsx'

export type Crumb = { label: string; href?: string }

export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav data-slot="breadcrumbs" aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1.5 last:shrink not-last:shrink-0">
            {index > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-fg-subtle" />}
            {crumb.href ? (
              <Link
                href={crumb.href}
                className="rounded-sm py-0.5 text-fg-muted hover:text-fg hover:underline"
              >
                {crumb.label}
              </Link>
            ) : (
              <span aria-current="page" title={crumb.label} className="truncate">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
