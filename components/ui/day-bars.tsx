import { cn } from './cn.tsx'
import { dateWords } from './time-words.tsx'

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
  className,
}: {
  days: readonly DayCount[]
  noun: string
  className?: string
}) {
  const most = Math.max(1, ...days.map((day) => day.ok + day.errors))
  const ok = days.reduce((sum, day) => sum + day.ok, 0)
  const errors = days.reduce((sum, day) => sum + day.errors, 0)
  const height = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT))
  const summary = `${noun} over ${days.length} days: ${ok.toLocaleString('en')} succeeded, ${errors.toLocaleString('en')} failed`
  return (
    <svg
      data-slot="day-bars"
      viewBox={`0 0 ${days.length * (WIDTH + GAP) - GAP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
      className={cn('h-12 w-full', className)}
    >
      {days.map((day, index) => {
        const x = index * (WIDTH + GAP)
        const bad = height(day.errors)
        const good = Math.min(height(day.ok), HEIGHT - bad)
        return (
          <g key={day.date}>
            <title>{`${dateWords(day.date)}: ${day.ok} succeeded, ${day.errors} failed`}</title>
            <rect x={x} y={0} width={WIDTH} height={HEIGHT} className="fill-transparent" />
            <rect x={x} y={HEIGHT - 1.5} width={WIDTH} height={1.5} className="fill-pressed" />
            <rect x={x} y={HEIGHT - good - bad} width={WIDTH} height={good} className="fill-accent/75" />
            <rect x={x} y={HEIGHT - bad} width={WIDTH} height={bad} className="fill-danger" />
          </g>
        )
      })}
    </svg>
  )
}
