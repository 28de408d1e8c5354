import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

const box = cn(
  'peer col-start-1 row-start-1 size-4 appearance-none border border-line-control bg-surface',
  'checked:border-accent-solid checked:bg-accent-solid disabled:cursor-not-allowed disabled:opacity-55',
)

function Mark({ type }: { type: 'checkbox' | 'radio' }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="pointer-events-none col-start-1 row-start-1 size-4 text-on-accent opacity-0 peer-checked:opacity-100"
    >
      {type === 'radio' ? (
        <circle cx="8" cy="8" r="3" fill="currentColor" />
      ) : (
        <path
          d="m4.2 8.3 2.6 2.6 5-5.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      )}
    </svg>
  )
}

type ChoiceProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; description?: ReactNode }

function Choice({
  label,
  description,
  className,
  type,
  ...props
}: ChoiceProps & { type: 'checkbox' | 'radio' }) {
  const helpId = description && props.id ? `${props.id}-description` : undefined
  return (
    <label
      data-slot={type}
      className={cn('flex items-start gap-2.5 py-1 text-sm has-disabled:text-fg-muted', className)}
    >
      <span className="mt-0.5 grid shrink-0">
        <input
          type={type}
          className={cn(box, type === 'radio' ? 'rounded-full' : 'rounded-sm')}
          aria-describedby={helpId}
          {...props}
        />
        <Mark type={type} />
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

export function Checkbox(props: ChoiceProps) {
  return <Choice type="checkbox" {...props} />
}

export function Radio(props: ChoiceProps) {
  return <Choice type="radio" {...props} />
}
