'use client'

import { dateWords, shortDate } from './time-words.tsx'

export type DayCount = {
  /** ISO date, "2026-11-24". */
  date: string
  ok: number
  errors: number
}

const WIDTH = 10
const GAP = 3
const HEIGHT = 40

/**
 * One bar a day, errors at the foot. Drawn by the server; the text alternative gives the totals.
 * A day with anything at all is at least 2 units high, so that one error in a busy month is seen.
 */
export function DayBars({
  days,
  noun,
  errorsOnly = false,
  className,
}: {
  days: readonly DayCount[]
  noun: string
  /** Where successes are not counted. */
  errorsOnly?: boolean
  className?: string
}) {
  const most = Math.max(1, ...days.map((day) => day.ok + day.errors))
  const height = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT))
  const words = (ok: number, errors: number) =>
    `${errorsOnly ? '' : `${ok.toLocaleString('en')} succeeded, `}${errors.toLocaleString('en')} failed`
  const ok = days.reduce((sum, day) => sum + day.ok, 0)
  const errors = days.reduce((sum, day) => sum + day.errors, 0)
  return (
    <figure data-slot="day-bars" className={className}>
      <svg
        viewBox={`0 0 ${days.length * (WIDTH + GAP) - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${noun} over ${days.length} days: ${words(ok, errors)}`}
        className="h-10 w-full"
      >
        {days.map((day, index) => {
          const x = index * (WIDTH + GAP)
          const bad = height(day.errors)
          const good = Math.min(height(day.ok), HEIGHT - bad)
          return (
            <g key={day.date}>
              <title>{`${dateWords(day.date)}: ${words(day.ok, day.errors)}`}</title>
              <rect x={x} y={0} width={WIDTH} height={HEIGHT} className="fill-transparent" />
              <rect x={x} y={HEIGHT - 1.5} width={WIDTH} height={1.5} className="fill-pressed" />
              <rect x={x} y={HEIGHT - good - bad} width={WIDTH} height={good} className="fill-accent/75" />
              <rect x={x} y={HEIGHT - bad} width={WIDTH} height={bad} className="fill-danger" />
            </g>
          )
        })}
      </svg>
      <figcaption aria-hidden="true" className="mt-1.5 flex justify-between text-fg-subtle text-xs">
        <span>{days[0] && shortDate(days[0].date)}</span>
        <span>{words(ok, errors)}</span>
        <span>today</span>
      </figcaption>
    </figure>
  )
}
