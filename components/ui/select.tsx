import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'
import { controlClasses } from './input.tsx'

export type SelectOption = { value: string; label: string; disabled?: boolean }

/** The browser's own select, dressed: works without scripts and with every phone's picker. */
export function Select({
  options,
  className,
  ...props
}: Omit<ComponentProps<'select'>, 'children'> & { options: readonly SelectOption[] }) {
  return (
    <span data-slot="select" className={cn('relative block', className)}>
      <select className={cn(controlClasses, 'h-8 appearance-none pr-8 pointer-coarse:h-10')} {...props}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-fg-subtle"
      />
    </span>
  )
}
