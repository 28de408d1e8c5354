import {
  ChevronRight,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  LoaderCircle,
  TriangleAlert,
} from 'lucide-react'
import { Badge, type Tone } from '#components/ui/badge'
import { Card } from '#components/ui/card'
import { cn } from '#components/ui/cn'
import { Link } from '#components/ui/link'
import { durationWords } from '#components/ui/time-words'
import { SelfTestDetail } from './self-test-detail.tsx'
import type { SelfTestState, SelfTestStep, SelfTestSuite as Suite } from './self-test-types.tsx'

const looks = {
  waiting: { Icon: CircleDashed, word: 'Waiting', look: 'text-fg-subtle' },
  running: { Icon: LoaderCircle, word: 'Running', look: 'animate-spin text-accent' },
  passed: { Icon: CircleCheck, word: 'Passed', look: 'text-success' },
  failed: { Icon: CircleAlert, word: 'Failed', look: 'text-danger' },
  warned: { Icon: TriangleAlert, word: 'Failed, but optional', look: 'text-warning' },
} as const

/** One of Okta's suites. It and each of its steps open in place; which step is open stands in the address. */
export function SelfTestSuite({ suite }: { suite: Suite }) {
  const { tone, words, open } = summaryOf(suite.steps)
  return (
    <Card data-slot="self-test-suite" className="overflow-clip">
      <details open={open || suite.steps.some((step) => step.open)} className="group/suite">
        <summary className="flex list-none items-start gap-2.5 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2">
          <ChevronRight
            aria-hidden="true"
            className="mt-1 size-3.5 shrink-0 text-fg-muted transition-transform duration-100 group-open/suite:rotate-90"
          />
          <div className="min-w-0 flex-1">
            <h2 className="font-semibold text-base">{suite.title}</h2>
            <p className="mt-0.5 text-fg-muted text-sm">{suite.description}</p>
          </div>
          <Badge tone={tone}>{words}</Badge>
        </summary>
        <ol className="border-t">
          {suite.steps.map((step, at) => (
            <li key={step.key} id={step.key} className="scroll-mt-20 border-b last:border-b-0">
              <StepRow step={step} number={at + 1} />
              {step.open && <SelfTestDetail step={step} />}
            </li>
          ))}
        </ol>
      </details>
    </Card>
  )
}

function StepRow({ step, number }: { step: SelfTestStep; number: number }) {
  const { Icon, word, look } = looks[step.state]
  const row = (
    <>
      <Icon aria-hidden="true" className={cn('size-4 shrink-0', look)} />
      <span className="w-5 shrink-0 text-right text-fg-subtle text-xs tabular-nums" aria-hidden="true">
        {number}
      </span>
      <span className={cn('min-w-0 flex-1', step.state === 'waiting' && 'text-fg-muted')}>{step.title}</span>
      <span
        className={cn(
          'shrink-0 text-xs',
          step.state === 'failed' || step.state === 'warned' ? look : 'sr-only',
        )}
      >
        {word}
      </span>
      {step.milliseconds !== undefined && (
        <span className="shrink-0 text-fg-subtle text-xs tabular-nums">
          {durationWords(step.milliseconds)}
        </span>
      )}
    </>
  )
  const layout = 'flex min-h-10 items-center gap-2.5 px-4 py-2 text-sm'
  if (!step.href) return <div className={layout}>{row}</div>
  return (
    <Link
      href={step.href}
      scroll={false}
      replace
      prefetch={false}
      aria-expanded={step.open}
      className={cn(layout, 'hover:bg-hover focus-visible:-outline-offset-2', step.open && 'bg-sunken')}
    >
      {row}
    </Link>
  )
}

/** `open`: what the reader should see without asking, a suite under way or with something wrong. */
function summaryOf(steps: readonly SelfTestStep[]): { tone: Tone; words: string; open: boolean } {
  const count = (state: SelfTestState) => steps.filter((step) => step.state === state).length
  if (count('failed') > 0) return { tone: 'danger', words: `${count('failed')} failed`, open: true }
  if (count('running') > 0) return { tone: 'accent', words: 'Running', open: true }
  if (count('waiting') > 0)
    return { tone: 'neutral', words: `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`, open: false }
  if (count('warned') > 0) return { tone: 'warning', words: 'Passed, with a warning', open: true }
  return { tone: 'success', words: `${steps.length} passed`, open: false }
}
