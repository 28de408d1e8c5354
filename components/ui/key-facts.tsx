import type { ReactNode } from 'react'
import { cn } from './cn.tsx'
import { CopyButton } from './copy-button.tsx'

export type KeyFact = {
  label: string
  value: ReactNode
  /** An id or address: mono, breakable, with a Copy button. */
  copy?: string
}

/** The few facts that say what this thing is, as a definition list; `columns` sets them side by side where there is room. */
export function KeyFacts({
  facts,
  columns = false,
  className,
}: {
  facts: readonly KeyFact[]
  columns?: boolean
  className?: string
}) {
  return (
    <div className={columns ? '@container' : undefined}>
      <dl
        data-slot="key-facts"
        className={cn(
          'grid gap-3.5 text-sm',
          columns && '@md:grid-cols-2 @3xl:grid-cols-3 @md:gap-x-6',
          className,
        )}
      >
        {facts.map((fact) => (
          <div key={fact.label} className="min-w-0">
            <dt className="text-fg-subtle text-xs">{fact.label}</dt>
            <dd
              className={cn(
                'mt-0.5 flex min-w-0 items-start gap-1 [overflow-wrap:anywhere]',
                fact.copy && 'font-mono text-xs leading-5',
              )}
            >
              <span className={cn('min-w-0', !fact.copy && 'flex-1')}>{fact.value}</span>
              {fact.copy && (
                <CopyButton value={fact.copy} what={fact.label} iconOnly className="-my-1 shrink-0" />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
