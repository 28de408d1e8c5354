import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

/** A checkbox that looks and announces itself as a switch; posts with its form like any checkbox. */
export function Switch({
  label,
  description,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'type' | 'role'> & { label: ReactNode; description?: ReactNode }) {
  const helpId = description && props.id ? `${props.id}-description` : undefined
  return (
    <label data-slot="switch" className={cn('flex items-start justify-between gap-4 py-1', className)}>
      <span className="min-w-0">
        <span className="block font-medium text-sm">{label}</span>
        {description && (
          <span id={helpId} className="block text-fg-subtle text-xs">
            {description}
          </span>
        )}
      </span>
      <span className="relative mt-0.5 inline-flex h-5 w-9 shrink-0">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its checked state by itself.
          role="switch"
          aria-describedby={helpId}
          className="peer size-full appearance-none rounded-full border border-line-control bg-hover transition-colors duration-100 checked:border-accent-solid checked:bg-accent-solid"
          {...props}
        />
        <span className="pointer-events-none absolute top-0.5 left-0.5 size-4 rounded-full bg-line-control transition-transform duration-100 peer-checked:translate-x-4 peer-checked:bg-on-accent" />
      </span>
    </label>
  )
}
