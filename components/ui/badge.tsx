import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

export const badgeVariants = cva(
  'inline-flex min-h-5 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-2 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-sunken text-fg-muted',
        success: 'border-success-line bg-success-soft text-success',
        warning: 'border-warning-line bg-warning-soft text-warning',
        danger: 'border-danger-line bg-danger-soft text-danger',
        info: 'border-info-line bg-info-soft text-info',
        accent: 'border-transparent bg-accent-soft text-accent',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

export type Tone = NonNullable<VariantProps<typeof badgeVariants>['tone']>

export function Badge({ tone, className, ...props }: ComponentProps<'span'> & { tone?: Tone }) {
  return <span data-slot="badge" className={cn(badgeVariants({ tone }), className)} {...props} />
}

const dots: Record<Tone, string> = {
  neutral: 'text-fg-subtle',
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  info: 'text-info',
  accent: 'text-accent',
}

/** A dot and a word: colour never speaks alone. `hollow` for what is switched off. */
export function Status({
  tone = 'neutral',
  hollow = false,
  pulse = false,
  children,
  className,
}: {
  tone?: Tone
  hollow?: boolean
  pulse?: boolean
  children: ReactNode
  className?: string
}) {
  return (
    <span data-slot="status" className={cn('inline-flex items-center gap-2 whitespace-nowrap', className)}>
      <svg
        viewBox="0 0 8 8"
        aria-hidden="true"
        className={cn('size-2 shrink-0', dots[tone], pulse && 'animate-pulse-soft')}
      >
        <circle
          cx="4"
          cy="4"
          r={hollow ? 3.25 : 4}
          fill={hollow ? 'none' : 'currentColor'}
          stroke={hollow ? 'currentColor' : 'none'}
          strokeWidth="1.5"
        />
      </svg>
      {children}
    </span>
  )
}
