import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from './card.tsx'
import { cn } from './cn.tsx'

export type Step = {
  id: string
  title: string
  /** What the server knows: `done` is a fact it saw, `current` the next act, `waiting` what follows. */
  state: 'done' | 'current' | 'waiting'
  /** Said beside a done step: "Approved by dana@acme.com, 2 min ago". */
  outcome?: ReactNode
  body?: ReactNode
}

const words = { done: 'Done', current: 'Next', waiting: 'Waiting' } as const

/** A numbered setup whose ticks come from what the server saw happen. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol data-slot="steps" className="grid gap-3">
      {steps.map((step, index) => (
        <li key={step.id} aria-current={step.state === 'current' ? 'step' : undefined}>
          <Card
            className={cn(
              step.state === 'waiting' && 'bg-transparent',
              step.state === 'current' && 'border-accent/50',
            )}
          >
            <div className="flex gap-3.5 p-4">
              <Marker number={index + 1} state={step.state} />
              <div className="min-w-0 flex-1">
                <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-0.5">
                  <h2 className={cn('font-semibold text-base', step.state === 'waiting' && 'text-fg-muted')}>
                    {step.title}
                  </h2>
                  <span className="sr-only">{words[step.state]}</span>
                  {step.outcome && (
                    <p role="status" className="text-fg-muted text-sm">
                      {step.outcome}
                    </p>
                  )}
                </div>
                {step.body && <div className="mt-2 text-fg-muted text-sm max-sm:-ml-9.5">{step.body}</div>}
              </div>
            </div>
          </Card>
        </li>
      ))}
    </ol>
  )
}

function Marker({ number, state }: { number: number; state: Step['state'] }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'flex size-6 shrink-0 items-center justify-center rounded-full border font-semibold text-xs tabular-nums',
        state === 'done' && 'border-success-line bg-success-soft text-success',
        state === 'current' && 'border-accent-solid bg-accent-solid text-on-accent',
        state === 'waiting' && 'text-fg-subtle',
      )}
    >
      {state === 'done' ? <Check className="size-3.5" strokeWidth={3} /> : number}
    </span>
  )
}
