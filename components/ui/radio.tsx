import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

const box = cn(
  'peer col-start-1 row-start-1 size-4 appearance-none rounded-full border border-line-control bg-surface',
  'checked:border-accent-solid checked:bg-accent-solid disabled:cursor-not-allowed disabled:opacity-55',
)

type RadioProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; description?: ReactNode }

/** One choice of several: a native radio button with its label and, if given, a line that describes it. */
export function Radio({ label, description, className, ...props }: RadioProps) {
  const helpId = description && props.id ? `${props.id}-description` : undefined
  return (
    <label
      data-slot="radio"
      className={cn('flex items-start gap-2.5 py-1 text-sm has-disabled:text-fg-muted', className)}
    >
      <span className="mt-0.5 grid shrink-0">
        <input type="radio" className={box} aria-describedby={helpId} {...props} />
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className="pointer-events-none col-start-1 row-start-1 size-4 text-on-accent opacity-0 peer-checked:opacity-100"
        >
          <circle cx="8" cy="8" r="3" fill="currentColor" />
        </svg>
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{label}</span>
        {description && (
          <span id={helpId} className="block text-fg-subtle text-xs">
            {description}
          </span>
        )}
      </span>
    </label>
  )
}
